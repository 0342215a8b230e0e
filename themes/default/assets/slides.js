// Slides by keys: arrows, space, page keys, home and end; f fills the screen. Without this file they are scrolled.
(function () {
  'use strict';
  var slides = Array.prototype.slice.call(document.querySelectorAll('.slide'));
  if (!slides.length || !window.matchMedia) return;
  var wide = window.matchMedia('(min-width: 960px) and (min-aspect-ratio: 5/4)');

  function current() {
    var best = 0;
    slides.forEach(function (slide, index) {
      if (Math.abs(slide.getBoundingClientRect().top) < Math.abs(slides[best].getBoundingClientRect().top)) best = index;
    });
    return best;
  }

  function show(index) {
    var slide = slides[Math.max(0, Math.min(slides.length - 1, index))];
    slide.setAttribute('tabindex', '-1');
    slide.scrollIntoView({ behavior: 'instant', block: 'start' });
    slide.focus({ preventScroll: true });
  }

  document.addEventListener('keydown', function (event) {
    if (!wide.matches || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    var on = event.target.closest && event.target.closest('a, button, input, summary');
    if (on && (event.key === ' ' || event.key === 'Enter')) return;
    var step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': event.shiftKey ? -1 : 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
    if (step) show(current() + step);
    else if (event.key === 'Home') show(0);
    else if (event.key === 'End') show(slides.length - 1);
    else if (event.key === 'f' && document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
    else return;
    event.preventDefault();
  });
}());
