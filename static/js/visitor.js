// What a visitor's pages need; the owner's pages have app.js.
import "gallery/copy-button";
import "gallery/full-screen";
import "gallery/key-map";
import "gallery/picture-zoom";
import "gallery/shared-pictures";
import "gallery/slide-show";
import "gallery/visitor-viewer";
