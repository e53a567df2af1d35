import { UploadDesk } from "./upload-desk.js";

// One desk for all pages of this browser: it goes on while one page gives way to the next.
const desk = new UploadDesk();

self.onconnect = ({ ports: [port] }) => desk.serve(port);
