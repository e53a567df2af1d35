"""The names static files are served under."""

import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from gallery_project.settings import BASE_DIR
from gallery_project.static_storage import HashedStaticFiles


def test_scripts_of_a_worker_import_each_other_by_hashed_names(tmp_path: Path) -> None:
    """A worker has no import map; under their plain names the scripts of two versions could meet."""
    ours = FileSystemStorage(BASE_DIR / "static")
    names = [f"js/{path.name}" for path in (BASE_DIR / "static" / "js").glob("upload-*.js")] + ["js/known-files.js"]
    hashed = HashedStaticFiles(location=str(tmp_path))
    for name in names:
        hashed.save(name, ours.open(name))
    list(hashed.post_process({name: (hashed, name) for name in names}))

    desk = (tmp_path / hashed.stored_name("js/upload-desk.js")).read_text()
    imported = re.findall(r'from "\./(.+)";', desk)
    assert len(imported) == 3
    assert all(re.fullmatch(r"upload-\w+\.\w{12}\.js", name) and (tmp_path / "js" / name).exists() for name in imported)
