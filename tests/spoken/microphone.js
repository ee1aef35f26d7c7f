/* A fake microphone that stays open while another file begins: `takeUp()` opens the browser's own fake microphone
 * again, which reads its file anew, and puts it in place of the one before. */
{
  const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const open = new Set();
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const context = new AudioContext();
    await context.resume();
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    let heard = null;
    const line = {
      async takeUp() {
        // As long as one is open, the browser hands out the same one again.
        heard?.source.disconnect();
        heard?.stream.getTracks().forEach((track) => track.stop());
        const stream = await own(wanted);
        heard = { stream, source: context.createMediaStreamSource(stream) };
        heard.source.connect(out);
      },
    };
    await line.takeUp();
    open.add(line);
    const [track] = out.stream.getAudioTracks();
    const stop = track.stop.bind(track);
    track.stop = () => {
      open.delete(line);
      stop();
      heard.stream.getTracks().forEach((one) => one.stop());
      context.close();
    };
    return out.stream;
  };
  globalThis.takeUp = async () => {
    if (!open.size) throw new Error('the microphone is not open');
    for (const line of open) await line.takeUp();
  };
}
