package main

import (
	"encoding/binary"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
)

const (
	// A player waits a moment for packets that overtook each other, then asks, and asks again.
	nackDelay = 10 * time.Millisecond
	nackAgain = 100 * time.Millisecond
	nackMost  = 64
	// A picture that stands still this long asks for a keyframe, and again after a while.
	stillLimit = 300 * time.Millisecond
	pliAgain   = 700 * time.Millisecond
)

// viewer is one WHEP session.
type viewer struct {
	endpoint  string
	http      *http.Client
	tokens    *tokens
	candidate string
	relays    []webrtc.ICEServer
	nack      bool

	peer  *webrtc.PeerConnection
	offer string

	posted    time.Time
	postTook  time.Duration
	connected atomic.Int64 // nanoseconds after the POST
	firstKey  atomic.Int64
	location  string
	bearer    string
	wayTaken  string

	mutex     sync.Mutex
	video     *assembler
	audio     *assembler
	codec     string
	ssrc      uint32
	frames    uint64
	keyframes uint64
	skipped   uint64
	lastFrame time.Time
	longest   time.Duration
	freezes   int
	lackSince time.Time
	lastNack  time.Time
	lastPli   time.Time
	nacksSent uint64
	plisSent  uint64
	bytes     uint64

	senderReports atomic.Uint64
	ended         atomic.Bool
	onFrame       func(timestamp uint32, key bool)
	onPacket      func(kind byte, raw []byte)
	first         chan struct{}
	firstOnce     sync.Once
}

// prepare makes the peer and its offer; it costs time that the measured POST must not contain.
func (v *viewer) prepare(api *webrtc.API, withAudio bool) error {
	v.first = make(chan struct{})
	peer, err := newPeer(api, v.relays...)
	if err != nil {
		return err
	}
	v.peer = peer
	receive := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly}
	if _, err = peer.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, receive); err != nil {
		return err
	}
	if withAudio {
		if _, err = peer.AddTransceiverFromKind(webrtc.RTPCodecTypeAudio, receive); err != nil {
			return err
		}
	}
	peer.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		switch state {
		case webrtc.PeerConnectionStateConnected:
			v.connected.CompareAndSwap(0, int64(time.Since(v.posted)))
		case webrtc.PeerConnectionStateDisconnected, webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed:
			v.ended.Store(true)
		}
	})
	peer.OnTrack(v.receive)
	v.offer, err = localOffer(peer)
	return err
}

// join posts the offer.
func (v *viewer) join() error {
	bearer, err := v.tokens.bearer()
	if err != nil {
		return err
	}
	v.bearer = bearer
	offer := v.offer
	if v.candidate != "" {
		offer = withoutCandidates(offer)
	}
	v.posted = time.Now()
	session, err := offerTo(v.http, v.endpoint, bearer, offer)
	if err != nil {
		return err
	}
	v.postTook = time.Since(v.posted)
	v.location = session.location
	answer := session.answer
	if v.candidate != "" {
		answer = withCandidate(answer, v.candidate)
	}
	return v.peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer})
}

// way is how the viewer reaches the server, or did before it left: the kind of its own candidate, such as host or relay.
func (v *viewer) way() string {
	if v.wayTaken != "" {
		return v.wayTaken
	}
	for _, receiver := range v.peer.GetReceivers() {
		if pair, err := receiver.Transport().ICETransport().GetSelectedCandidatePair(); err == nil && pair != nil {
			return pair.Local.Typ.String()
		}
	}
	return "none"
}

// leave ends the session; the status of the DELETE is returned.
func (v *viewer) leave() int {
	v.wayTaken = v.way()
	status := 0
	if v.location != "" {
		bearer, err := v.tokens.bearer()
		if err == nil {
			if response, failure := send(v.http, http.MethodDelete, v.location, bearer, "", ""); failure == nil {
				status = response.StatusCode
			}
		}
	}
	v.close()
	return status
}

func (v *viewer) close() {
	if v.peer != nil {
		_ = v.peer.Close()
	}
}

func (v *viewer) receive(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	isVideo := track.Kind() == webrtc.RTPCodecTypeVideo
	codec := codecOf(track.Codec().MimeType)
	account := newAssembler(func(picture) {})
	if isVideo {
		account = newAssembler(v.picture)
	}
	v.mutex.Lock()
	if isVideo {
		v.video, v.codec, v.ssrc = account, track.Codec().MimeType, uint32(track.SSRC())
	} else {
		v.audio = account
	}
	v.mutex.Unlock()
	go v.readReports(receiver)
	kind := byte(0)
	if !isVideo {
		kind = 1
	}
	buffer := make([]byte, 1600)
	for {
		size, _, err := track.Read(buffer)
		if err != nil {
			return
		}
		raw := buffer[:size]
		if v.onPacket != nil {
			v.onPacket(kind, raw)
		}
		p, ok := readPacket(raw, codec)
		if !ok {
			continue
		}
		now := time.Now()
		v.mutex.Lock()
		account.add(p, now)
		v.bytes += uint64(size)
		v.mutex.Unlock()
	}
}

// readReports counts sender reports. Pion forwards none of them by itself.
func (v *viewer) readReports(receiver *webrtc.RTPReceiver) {
	buffer := make([]byte, 1500)
	for {
		size, _, err := receiver.Read(buffer)
		if err != nil {
			if err == io.EOF || v.ended.Load() {
				return
			}
			return
		}
		for at := 0; at+4 <= size; at += 4 + 4*int(binary.BigEndian.Uint16(buffer[at+2:])) {
			if buffer[at+1] == 200 {
				v.senderReports.Add(1)
			}
		}
	}
}

// picture is called with the mutex held.
func (v *viewer) picture(p picture) {
	now := time.Now()
	if v.frames == 0 {
		v.firstKey.Store(int64(now.Sub(v.posted)))
		v.firstOnce.Do(func() { close(v.first) })
	} else {
		pause := now.Sub(v.lastFrame)
		v.longest = max(v.longest, pause)
		if pause > 2*time.Second {
			v.freezes++
		}
	}
	v.lastFrame = now
	v.frames++
	if p.key {
		v.keyframes++
	}
	if p.skipped {
		v.skipped++
	}
	if v.onFrame != nil {
		v.onFrame(p.timestamp, p.key)
	}
}

// tick sends what a player would send now: NACKs for what is missing, a PLI when the picture stands still.
func (v *viewer) tick(now time.Time) {
	v.mutex.Lock()
	if v.video == nil || v.ended.Load() {
		v.mutex.Unlock()
		return
	}
	var messages []rtcp.Packet
	if v.nack && v.video.lacking > 0 && v.video.decodable {
		if v.lackSince.IsZero() {
			v.lackSince = now
		}
		if now.Sub(v.lackSince) >= nackDelay && now.Sub(v.lastNack) >= nackAgain {
			if lost := v.video.lost(nackMost); len(lost) > 0 {
				messages = append(messages, &rtcp.TransportLayerNack{MediaSSRC: v.ssrc, Nacks: rtcp.NackPairsFromSequenceNumbers(lost)})
				v.nacksSent += uint64(len(lost))
				v.lastNack = now
			}
		}
	} else {
		v.lackSince = time.Time{}
		v.lastNack = time.Time{}
	}
	since := v.lastFrame
	if v.frames == 0 {
		since = v.posted.Add(v.postTook)
	}
	if v.video.stuck() && now.Sub(since) > stillLimit && now.Sub(v.lastPli) > pliAgain {
		messages = append(messages, &rtcp.PictureLossIndication{MediaSSRC: v.ssrc})
		v.plisSent++
		v.lastPli = now
	}
	v.mutex.Unlock()
	if len(messages) > 0 {
		_ = v.peer.WriteRTCP(messages)
	}
}

// account is a viewer's numbers at one moment.
type account struct {
	Packets       uint64  `json:"packets"`
	Bytes         uint64  `json:"bytes"`
	Frames        uint64  `json:"frames"`
	Keyframes     uint64  `json:"keyframes"`
	Skipped       uint64  `json:"skips"`
	Gaps          uint64  `json:"gaps"`
	Recovered     uint64  `json:"recovered"`
	Duplicates    uint64  `json:"duplicates"`
	Late          uint64  `json:"late"`
	Broken        uint64  `json:"broken"`
	Nacks         uint64  `json:"nacks"`
	Plis          uint64  `json:"plis"`
	AudioPackets  uint64  `json:"audio_packets"`
	AudioGaps     uint64  `json:"audio_gaps"`
	SenderReports uint64  `json:"sender_reports"`
	Freezes       int     `json:"freezes_over_2s"`
	LongestMs     float64 `json:"longest_pause_ms"`
}

func (v *viewer) account() account {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	now := account{
		Bytes: v.bytes, Frames: v.frames, Keyframes: v.keyframes, Skipped: v.skipped, Nacks: v.nacksSent, Plis: v.plisSent,
		SenderReports: v.senderReports.Load(), Freezes: v.freezes,
	}
	longest := v.longest
	if v.frames > 0 {
		longest = max(longest, time.Since(v.lastFrame))
	}
	now.LongestMs = milliseconds(longest)
	if v.video != nil {
		now.Packets, now.Gaps, now.Recovered = v.video.packets, v.video.gaps, v.video.recovered
		now.Duplicates, now.Late, now.Broken = v.video.duplicates, v.video.late, v.video.broken
	}
	if v.audio != nil {
		now.AudioPackets = v.audio.packets
		// Nobody asks for lost sound again: what is missing stays so.
		now.AudioGaps = v.audio.gaps + uint64(v.audio.lacking)
	}
	return now
}

// forgetPauses begins the count of the longest pause anew.
func (v *viewer) forgetPauses() {
	v.mutex.Lock()
	v.longest, v.freezes = 0, 0
	v.mutex.Unlock()
}
