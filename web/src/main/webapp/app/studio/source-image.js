// The image that a layer such as "picture" puts into the frames: chosen, shown, explained while it is missing.

import { Unreachable } from '../api/http.js';
import { icon, make, write } from '../ui/dom.js';

const TYPES = ['image/jpeg', 'image/png', 'image/webp'];
const MAX_BYTES = 10 * 1024 * 1024;

/** A thumbnail, what is going on, and a button that picks a file. */
export class SourceImage {
  #settings;
  #layer;
  #shownFile = null;

  constructor(settings, layer) {
    this.#settings = settings;
    this.#layer = layer;
    const id = `image-${layer.name}`;
    this.thumb = make('div', { class: 'thumb' }, icon('image'));
    this.text = make('p', { id: `${id}-text` });
    this.input = make('input', { type: 'file', id, accept: TYPES.join(','), 'data-testid': id, 'aria-label': `Image for ${layer.title}`, 'aria-describedby': `${id}-text`, onchange: () => this.#take(this.input.files[0]) });
    this.label = make('label', { class: 'button small', for: id }, 'Choose an image');
    this.problem = make('p', { class: 'error-text', role: 'alert' });
    this.element = make('div', { class: 'source-image' }, this.thumb, make('div', {}, this.text, this.input, this.label, this.problem));
  }

  show(enabled) {
    const { image } = this.#settings;
    const byFile = this.#settings.namesFile(this.#layer);
    this.element.hidden = !enabled || byFile;
    this.element.dataset.missing = String(!image);
    write(this.text, describe(image, this.#layer));
    write(this.label, image ? 'Choose another' : 'Choose an image');
    if (image?.file && image.file !== this.#shownFile) this.#showThumbnail(image.file);
  }

  #showThumbnail(file) {
    this.#shownFile = file;
    const url = URL.createObjectURL(file);
    const picture = make('img', { src: url, alt: '', onload: () => URL.revokeObjectURL(url) });
    this.thumb.replaceChildren(picture);
  }

  async #take(file) {
    if (!file) return;
    write(this.problem, '');
    if (!TYPES.includes(file.type)) return write(this.problem, 'That is no JPEG, PNG or WebP image.');
    if (file.size > MAX_BYTES) return write(this.problem, 'That image is larger than 10 MB.');
    write(this.text, 'Sending the image…');
    try {
      await this.#settings.chooseImage(file);
    } catch (problem) {
      write(this.problem, problem instanceof Unreachable ? 'The server cannot be reached. Try again in a moment.' : problem.message);
      this.show(true);
    } finally {
      this.input.value = '';
    }
  }
}

function describe(image, layer) {
  if (!image) return `This layer needs an image${layer.source_option ? ', or a file that is named below' : ''}. Until there is one, it is left out.`;
  return image.width ? `${image.width} × ${image.height} pixels` : 'The image chosen before';
}
