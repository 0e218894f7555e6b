'use strict';
// Draws every figure from the specification beside it.
for (const place of document.querySelectorAll('.picture')) {
  const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
  const options = {
    renderer: 'svg',
    actions: {export: true, source: false, compiled: false, editor: false},
    downloadFileName: place.dataset.spec.replace(/^spec-/, ''),
  };
  vegaEmbed(place, spec, options).catch((problem) => {
    place.textContent = 'This figure cannot be drawn: ' + problem.message;
    place.className = 'wrong';
    console.error(problem);
  });
}
