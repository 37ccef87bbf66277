#!/usr/bin/env python3
"""aiortc as a WHEP viewer or a WHIP publisher; prints one JSON line.

    python3 aiortc_client.py view --base http://127.0.0.1:8080 --stream demo --seconds 10
    python3 aiortc_client.py publish --base http://127.0.0.1:8080 --seconds 10
"""

import argparse
import asyncio
import fractions
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import aioice.ice
import aiortc
from aiortc import RTCPeerConnection, RTCRtpSender, RTCSessionDescription, VideoStreamTrack
from av import VideoFrame


def request(method, url, token=None, kind=None, body=None):
    headers = {"User-Agent": f"aiortc/{aiortc.__version__}"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if kind:
        headers["Content-Type"] = kind
    asked = urllib.request.Request(url, method=method, headers=headers, data=body.encode() if body is not None else None)
    try:
        with urllib.request.urlopen(asked, timeout=15) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


def open_session(base):
    status, _, body = request("POST", f"{base}/session", body="")
    if status != 201:
        raise RuntimeError(f"POST /session: {status} {body}")
    return json.loads(body)


async def negotiate(peer, url, token):
    """Offers, posts, sets the answer; returns the session's URL and the milliseconds of the POST."""
    await peer.setLocalDescription(await peer.createOffer())
    started = time.monotonic()
    status, headers, body = await asyncio.to_thread(request, "POST", url, token, "application/sdp", peer.localDescription.sdp)
    took = 1000 * (time.monotonic() - started)
    if status != 201:
        raise RuntimeError(f"POST {url}: {status} {body}")
    await peer.setRemoteDescription(RTCSessionDescription(body, "answer"))
    return urllib.parse.urljoin(url, headers["Location"]), took


async def view(options):
    token = options.token or open_session(options.base)["access_token"]
    peer = RTCPeerConnection()
    seen = {"frames": 0, "audio_frames": 0, "width": 0, "height": 0}
    first = asyncio.Event()

    async def read(track):
        try:
            while True:
                frame = await track.recv()
                if track.kind == "video":
                    seen["frames"] += 1
                    seen["width"], seen["height"] = frame.width, frame.height
                    first.set()
                else:
                    seen["audio_frames"] += 1
        except aiortc.mediastreams.MediaStreamError:
            pass

    peer.on("track", lambda track: asyncio.ensure_future(read(track)))
    video = peer.addTransceiver("video", direction="recvonly")
    if options.codec:
        wanted = [c for c in RTCRtpSender.getCapabilities("video").codecs if c.mimeType.lower() == f"video/{options.codec}"]
        video.setCodecPreferences(wanted)
    if not options.silent:
        peer.addTransceiver("audio", direction="recvonly")
    started = time.monotonic()
    location, post_ms = await negotiate(peer, f"{options.base}/whep/{options.stream}", token)
    await asyncio.wait_for(first.wait(), 15)
    first_ms = 1000 * (time.monotonic() - started)
    before = seen["frames"]
    await asyncio.sleep(options.seconds)
    rate = (seen["frames"] - before) / options.seconds
    codec = [line for line in peer.remoteDescription.sdp.splitlines() if line.startswith("a=rtpmap")]
    status, _, _ = await asyncio.to_thread(request, "DELETE", location, token)
    await peer.close()
    return {
        "ok": rate > 10 and (options.silent or seen["audio_frames"] > 0) and status == 200,
        "role": "viewer",
        "post_ms": round(post_ms, 1),
        "first_frame_ms": round(first_ms, 1),
        "fps": round(rate, 1),
        "codecs": codec,
        "delete": status,
        **seen,
    }


class Bars(VideoStreamTrack):
    """Moving bars at thirty frames a second."""

    def __init__(self):
        super().__init__()
        self.count = 0

    async def recv(self):
        pts, time_base = await self.next_timestamp()
        frame = VideoFrame(640, 360, "yuv420p")
        at = (self.count * 4) % 600
        row = bytearray(b"\x30" * frame.planes[0].line_size)
        row[at : at + 40] = b"\xd0" * 40
        frame.planes[0].update(bytes(row) * 360)
        for plane in frame.planes[1:]:
            plane.update(b"\x80" * plane.buffer_size)
        self.count += 1
        frame.pts, frame.time_base = pts, fractions.Fraction(time_base)
        return frame


async def publish(options):
    session = open_session(options.base)
    token, stream = session["access_token"], session["stream"]
    peer = RTCPeerConnection()
    track = Bars()
    transceiver = peer.addTransceiver(track, direction="sendonly")
    if options.codec:
        wanted = [c for c in RTCRtpSender.getCapabilities("video").codecs if c.mimeType.lower() == f"video/{options.codec}"]
        transceiver.setCodecPreferences(wanted)
    location, post_ms = await negotiate(peer, f"{options.base}/whip/{stream}", token)
    await asyncio.sleep(2)
    watched = argparse.Namespace(**{**vars(options), "stream": stream, "token": token, "codec": options.watch_codec, "silent": True})
    seen = await view_pictures(watched)
    status, _, _ = await asyncio.to_thread(request, "DELETE", location, token)
    await peer.close()
    return {"ok": seen["fps"] > 10 and status == 200, "role": "publisher", "post_ms": round(post_ms, 1), "sent": track.count, "delete": status, "watched": seen}


async def view_pictures(options):
    seen = await view(options)
    seen.pop("ok")
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("role", choices=["view", "publish"])
    parser.add_argument("--base", default="http://127.0.0.1:8080")
    parser.add_argument("--stream", default="demo")
    parser.add_argument("--token", default="")
    parser.add_argument("--codec", default="", help="vp8 or h264; both in aiortc's own order without it")
    parser.add_argument("--watch-codec", default="", help="of the viewer beside a publisher")
    parser.add_argument("--silent", action="store_true", help="offer no sound: aiortc fails on an answer that refuses a section")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--loopback", action="store_true", help="offer 127.0.0.1 too, which aiortc leaves out by itself")
    options = parser.parse_args()
    if options.loopback:
        aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
    try:
        result = asyncio.run({"view": view, "publish": publish}[options.role](options))
    except Exception as failure:  # whatever it is, the line says it
        result = {"ok": False, "role": options.role, "error": f"{type(failure).__name__}: {failure}"}
    print(json.dumps({"client": f"aiortc {aiortc.__version__}", **result}))
    sys.exit(0 if result["ok"] else 1)


main()
