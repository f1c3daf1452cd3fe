// Runs in the report: the side that is heard, the moving line, and jumps to a moment of the call.
for (const call of document.querySelectorAll('section[data-seconds]')) {
  const audio = call.querySelector('audio');
  if (!audio) continue;
  const lanes = call.querySelector('svg');
  const head = call.querySelector('.head');
  const seconds = Number(call.dataset.seconds);
  const offset = Number(call.dataset.offset);
  const width = lanes.viewBox.baseVal.width;
  const jump = (toSeconds) => {
    audio.currentTime = Math.max(0, toSeconds - offset);
    void audio.play();
  };

  let gains = null;
  const split = () => {
    const context = new AudioContext();
    const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
    context.createMediaElementSource(audio).connect(splitter);
    gains = [0, 1].map((side) => {
      const gain = new GainNode(context);
      splitter.connect(gain, side);
      for (const ear of [0, 1]) gain.connect(merger, 0, ear);
      return gain;
    });
    merger.connect(context.destination);
  };
  const listenTo = (side) => {
    if (!gains) split();
    gains[0].gain.value = side === 'agent' ? 0 : 1;
    gains[1].gain.value = side === 'caller' ? 0 : 1;
  };

  audio.addEventListener('play', () => listenTo(call.querySelector('input:checked').value));
  audio.addEventListener('timeupdate', () => {
    const x = String(((audio.currentTime + offset) / seconds) * width);
    head.setAttribute('x1', x);
    head.setAttribute('x2', x);
  });
  for (const input of call.querySelectorAll('input')) {
    input.addEventListener('change', () => listenTo(input.value));
  }
  for (const moment of call.querySelectorAll('[data-at]')) {
    moment.addEventListener('click', () => jump(Number(moment.dataset.at)));
  }
  lanes.addEventListener('click', (event) => {
    const box = lanes.getBoundingClientRect();
    jump(((event.clientX - box.left) / box.width) * seconds);
  });
}
