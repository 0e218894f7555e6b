'use strict';
// Draws every figure from the specification beside it: at once, or, where a page has very many,
// when it comes into sight or is printed.
const MANY = 40;

function draw(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
  const options = {
    renderer: 'svg',
    actions: {export: true, source: false, compiled: false, editor: false},
    downloadFileName: place.dataset.spec.replace(/^spec-/, ''),
  };
  return vegaEmbed(place, spec, options).catch((problem) => {
    place.textContent = 'This figure cannot be drawn: ' + problem.message;
    place.className = 'wrong';
    console.error(problem);
  });
}

const places = [...document.querySelectorAll('.picture')];
if (places.length <= MANY) {
  places.forEach(draw);
} else {
  const waiting = new Set(places);
  const show = (place) => {
    if (waiting.delete(place)) {
      watcher.unobserve(place);
      draw(place);
    }
  };
  const watcher = new IntersectionObserver(
    (entries) => entries.filter((e) => e.isIntersecting).forEach((e) => show(e.target)),
    {rootMargin: '600px'});
  places.forEach((place) => watcher.observe(place));
  addEventListener('beforeprint', () => places.forEach(show));
}
