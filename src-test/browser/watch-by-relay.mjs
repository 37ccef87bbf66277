// The watch page where only relays may be used: it gets in by the relay that the answer's Link header names, with the
// credentials of that header.
//
//   node watch-by-relay.mjs --base=http://localhost:8080 --stream=demo

import { launch } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080', stream: 'demo' });

await run(async () => {
  const browser = closing(await launch('chromium'));
  const page = await pages.open(browser, 'about:blank');
  await page.evaluateOnNewDocument(() => {
    const Direct = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Direct {
      constructor(configuration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
      }
    };
  });
  await page.goto(`${given.base}/watch?stream=${given.stream}`);
  const inbound = await pages.decoded(page, 15, 20_000);
  const type = await page.evaluate(async () => {
    const stats = [...(await window.framecast.state().peerConnection.getStats()).values()];
    const transport = stats.find((one) => one.type === 'transport');
    const pair = stats.find((one) => one.id === transport.selectedCandidatePairId);
    return stats.find((one) => one.id === pair.localCandidateId).candidateType;
  });
  return { ok: type === 'relay' && inbound.video.framesDecoded >= 15, type, faults: page.faults };
});
