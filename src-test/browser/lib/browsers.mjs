// Starts real browsers for a test: a fresh profile each, media permission given, nothing fetched from elsewhere.

import fs from 'node:fs';
import puppeteer from 'puppeteer-core';

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];

/** A busy machine takes its time. */
const START_MILLIS = 120_000;

const FAKE_DEVICES = '--use-fake-device-for-media-stream';

// Grants a page camera and microphone, and with them the right to know the machine's addresses.
const MEDIA_GRANTED = '--use-fake-ui-for-media-stream';

const FIREFOX_PREFERENCES = {
  'media.navigator.permission.disabled': true,
  'media.navigator.streams.fake': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/**
 * Chromium, headless.
 * @param cameraFile a .y4m or .mjpeg file that plays as the camera; without one the browser's own test picture does
 * @param sharedTab the title of the tab that is chosen when a page asks for a screen; there is no camera then, since a
 *     browser with a fake one has a fake screen too
 * @param media whether pages may use camera and microphone: `granted` or `asked`, which nobody answers
 */
export function launchChromium({ cameraFile, sharedTab, media = 'granted', flags = [] } = {}) {
  const fake = media === 'granted' ? [FAKE_DEVICES, MEDIA_GRANTED] : [FAKE_DEVICES];
  const devices = sharedTab ? [`--auto-select-tab-capture-source-by-title=${sharedTab}`] : fake;
  const camera = cameraFile ? [`--use-file-for-fake-video-capture=${cameraFile}`] : [];
  return puppeteer.launch({
    browser: 'chrome',
    executablePath: executable('CHROMIUM', ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']),
    headless: true,
    timeout: START_MILLIS,
    acceptInsecureCerts: true,
    args: [...CHROMIUM_FLAGS, ...devices, ...camera, ...flags],
  });
}

/** Firefox, headless, over WebDriver BiDi. Its fake camera is a colour that changes; it takes no file. */
export function launchFirefox({ preferences = {} } = {}) {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: executable('FIREFOX', ['/usr/bin/firefox-esr', '/usr/bin/firefox']),
    headless: true,
    timeout: START_MILLIS,
    acceptInsecureCerts: true,
    extraPrefsFirefox: { ...FIREFOX_PREFERENCES, ...preferences },
  });
}

/** @param name `chromium` or `firefox` */
export function launch(name, options) {
  return name === 'firefox' ? launchFirefox(options) : launchChromium(options);
}

function executable(variable, usual) {
  const found = process.env[variable] ?? usual.find((path) => fs.existsSync(path));
  if (!found) throw new Error(`No browser found; set ${variable} to its path.`);
  return found;
}
