"""What a request to rent must look like."""

from typing import Any

Json = dict[str, Any]

FIELDS = {
    "name", "image", "gpu", "cpu", "cloud", "dataCenterIds", "disk", "mounts", "ports", "env", "args", "entrypoint",
    "cmd", "registry", "templateId", "startSsh", "startJupyter", "globalNetworking",
}  # fmt: skip
GPU_FIELDS = {"id", "count", "minCudaVersion", "allowedCudaVersions", "minRamPerGpu", "minVcpuCountPerGpu"}
LARGEST = 102_400
MOST_VARIABLES = 50


def faults(body: Any) -> list[str]:
    """Return what breaks the schema, each fault with its field."""
    if not isinstance(body, dict):
        return ["body: must be an object"]
    found = [f"{name}: unknown field" for name in sorted(set(body) - FIELDS)]
    if not isinstance(body.get("name"), str) or not body["name"]:
        found.append("name: required")
    if body.get("cloud", "SECURE") not in ("SECURE", "COMMUNITY"):
        found.append("cloud: must be SECURE or COMMUNITY")
    found += _faults_of_gpu(body.get("gpu"))
    found += _faults_of_mounts(body.get("mounts", {}))
    environment = body.get("env", {})
    if not isinstance(environment, dict) or not all(isinstance(value, str) for value in environment.values()):
        found.append("env: must map names to texts")
    elif len(environment) > MOST_VARIABLES:
        found.append("env: too many")
    if not isinstance(body.get("disk", 20), int) or body.get("disk", 20) < 1:
        found.append("disk: at least 1")
    return found


def broken_rule(body: Json) -> str:
    """Return the rule between fields that a request breaks, or nothing."""
    if not body.get("image") and not body.get("templateId"):
        return "image or templateId is required"
    if "disk" not in body:
        return "Missing template or pod parameters"
    if {"network", "persistent"} <= set(body.get("mounts", {})):
        return "network and persistent volumes exclude each other"
    if body.get("mounts", {}).get("network") and body.get("cloud") != "SECURE":
        return "network volumes are for the secure cloud"
    if {"minCudaVersion", "allowedCudaVersions"} <= set(body.get("gpu", {})):
        return "minCudaVersion and allowedCudaVersions exclude each other"
    return ""


def _faults_of_gpu(gpu: Any) -> list[str]:
    if not isinstance(gpu, dict) or not isinstance(gpu.get("id"), str):
        return ["gpu.id: required"]
    return [f"gpu.{name}: unknown field" for name in sorted(set(gpu) - GPU_FIELDS)]


def _faults_of_mounts(mounts: Any) -> list[str]:
    if not isinstance(mounts, dict):
        return ["mounts: must be an object"]
    found = [f"mounts.{name}: unknown field" for name in sorted(set(mounts) - {"network", "persistent"})]
    for mount in mounts.get("network", []):
        found += [f"mounts.network.{name}: required" for name in ("volumeId", "path") if not mount.get(name)]
    persistent = mounts.get("persistent")
    if persistent is not None and persistent.get("size", 0) < 10:
        found.append("mounts.persistent.size: at least 10")
    return found
