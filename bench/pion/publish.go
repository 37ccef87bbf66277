package main

import (
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
)

// silence is a frame of Opus, 20 ms long, that holds no sound (RFC 6716, 3.1: CELT, full band, mono).
var silence = []byte{0xf8, 0xff, 0xfe}

const silenceLasts = 20 * time.Millisecond

// clip is a file's frames.
type clip struct {
	mimeType string
	frames   [][]byte
	interval time.Duration
}

func publish(arguments []string) error {
	flags := flag.NewFlagSet("publish", flag.ExitOnError)
	target := flags.String("url", "", "WHIP endpoint; one that ends in /whip/ gets the name of the session's own stream")
	token := flags.String("token", "auto", "bearer token; none; auto opens a session at the endpoint's server")
	file := flags.String("file", "", "IVF (VP8, VP9, AV1) or Annex B (.h264); the first frame is a keyframe")
	rate := flags.Float64("fps", 30, "frames a second of an Annex B file")
	seconds := flags.Duration("seconds", 10*time.Second, "how long; the file is played in a loop")
	sound := flags.Bool("audio", true, "send silence in Opus too")
	bind := flags.String("bind", "", "local address; empty for all")
	candidate := flags.String("candidate", "", "host:port in place of the answer's candidates: a relay")
	_ = flags.Parse(arguments)
	if *target == "" || *file == "" {
		return errors.New("-url and -file are needed")
	}
	played, err := readClip(*file, *rate)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 20 * time.Second}
	bearers, err := openTokens(client, *target, *token)
	if err != nil {
		return err
	}
	defer bearers.close()
	if strings.HasSuffix(*target, "/whip/") {
		*target += url.PathEscape(bearers.Stream)
	}
	p := &publisher{clip: played, sound: *sound, candidate: *candidate, stream: path.Base(*target)}
	return p.run(client, bearers, *target, *bind, *seconds)
}

// publisher is one WHIP session.
type publisher struct {
	clip      *clip
	sound     bool
	candidate string
	stream    string
	seen      feedbackSeen
	// rewind: the server needs a keyframe, and the file's first frame is one.
	rewind atomic.Bool
	sent   atomic.Uint64
}

func (p *publisher) run(client *http.Client, bearers *tokens, target, bind string, seconds time.Duration) error {
	nacks, err := responder()
	if err != nil {
		return err
	}
	name := strings.ToLower(strings.TrimPrefix(p.clip.mimeType, "video/"))
	api, err := apiFor(name, bind, nacks)
	if err != nil {
		return err
	}
	peer, err := newPeer(api)
	if err != nil {
		return err
	}
	defer peer.Close()
	video, err := p.track(peer, p.clip.mimeType, "video")
	if err != nil {
		return err
	}
	var audio *webrtc.TrackLocalStaticSample
	if p.sound {
		if audio, err = p.track(peer, webrtc.MimeTypeOpus, "audio"); err != nil {
			return err
		}
	}
	connected, failed := make(chan struct{}), make(chan string, 8)
	peer.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		switch state {
		case webrtc.PeerConnectionStateConnected:
			close(connected)
		case webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed, webrtc.PeerConnectionStateDisconnected:
			failed <- state.String()
		}
	})
	offer, err := localOffer(peer)
	if err != nil {
		return err
	}
	if p.candidate != "" {
		offer = withoutCandidates(offer)
	}
	bearer, err := bearers.bearer()
	if err != nil {
		return err
	}
	start := time.Now()
	session, err := offerTo(client, target, bearer, offer)
	if err != nil {
		return err
	}
	took := time.Since(start)
	answer := session.answer
	if p.candidate != "" {
		answer = withCandidate(answer, p.candidate)
	}
	if err = peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}); err != nil {
		return err
	}
	select {
	case <-connected:
	case state := <-failed:
		return fmt.Errorf("the connection is %s", state)
	case <-time.After(10 * time.Second):
		return errors.New("no connection within 10 s")
	}
	emit(map[string]any{"event": "publishing", "stream": p.stream, "codec": p.clip.mimeType, "post_ms": milliseconds(took), "connected_ms": milliseconds(time.Since(start))})
	ended := ""
	playing, cancel := context.WithTimeout(context.Background(), seconds)
	defer cancel()
	go func() {
		select {
		case ended = <-failed:
			cancel()
		case <-playing.Done():
		}
	}()
	if audio != nil {
		go p.playSilence(playing, audio)
	}
	p.play(playing, video)
	status := 0
	if response, failure := send(client, http.MethodDelete, session.location, bearer, "", ""); failure == nil {
		status = response.StatusCode
	}
	emit(map[string]any{
		"event": "published", "stream": p.stream, "frames": p.sent.Load(), "nacks": p.seen.nacks.Load(), "plis": p.seen.plis.Load(),
		"receiver_reports": p.seen.receiverReports.Load(), "delete": status, "ended": ended,
	})
	if ended != "" {
		return fmt.Errorf("the connection ended early: %s", ended)
	}
	return nil
}

func (p *publisher) track(peer *webrtc.PeerConnection, mimeType, kind string) (*webrtc.TrackLocalStaticSample, error) {
	track, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: mimeType}, kind, "framecast-pion")
	if err != nil {
		return nil, err
	}
	transceiver, err := peer.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
	if err != nil {
		return nil, err
	}
	sender := transceiver.Sender()
	go func() {
		buffer := make([]byte, 1500)
		for {
			size, _, failure := sender.Read(buffer)
			if failure != nil {
				return
			}
			if packets, failure := rtcp.Unmarshal(buffer[:size]); failure == nil && p.seen.count(packets) {
				p.rewind.Store(kind == "video")
			}
		}
	}()
	return track, nil
}

func (p *publisher) play(playing context.Context, track *webrtc.TrackLocalStaticSample) {
	ticker := time.NewTicker(p.clip.interval)
	defer ticker.Stop()
	for at := 0; ; at++ {
		if p.rewind.Swap(false) || at == len(p.clip.frames) {
			at = 0
		}
		if err := track.WriteSample(media.Sample{Data: p.clip.frames[at], Duration: p.clip.interval}); err != nil {
			return
		}
		p.sent.Add(1)
		select {
		case <-playing.Done():
			return
		case <-ticker.C:
		}
	}
}

func (p *publisher) playSilence(playing context.Context, track *webrtc.TrackLocalStaticSample) {
	ticker := time.NewTicker(silenceLasts)
	defer ticker.Stop()
	for {
		select {
		case <-playing.Done():
			return
		case <-ticker.C:
			if err := track.WriteSample(media.Sample{Data: silence, Duration: silenceLasts}); err != nil {
				return
			}
		}
	}
}

func readClip(name string, rate float64) (*clip, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(string(data), "DKIF") {
		return readIVF(data)
	}
	return readAnnexB(data, rate)
}

const (
	ivfHeaderBytes      = 32
	ivfFrameHeaderBytes = 12
)

// readIVF reads the format of libvpx's tools: a header with the codec and the time base, then size, time and bytes of
// each frame, all little-endian.
func readIVF(data []byte) (*clip, error) {
	if len(data) < ivfHeaderBytes {
		return nil, io.ErrUnexpectedEOF
	}
	mimeType, known := map[string]string{"VP80": webrtc.MimeTypeVP8, "VP90": webrtc.MimeTypeVP9, "AV01": webrtc.MimeTypeAV1}[string(data[8:12])]
	if !known {
		return nil, fmt.Errorf("IVF of %q", data[8:12])
	}
	read := &clip{mimeType: mimeType}
	timeBase := float64(binary.LittleEndian.Uint32(data[20:])) / float64(binary.LittleEndian.Uint32(data[16:]))
	var first, last uint64
	for at := int(binary.LittleEndian.Uint16(data[6:])); at+ivfFrameHeaderBytes <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at:]))
		last = binary.LittleEndian.Uint64(data[at+4:])
		if len(read.frames) == 0 {
			first = last
		}
		at += ivfFrameHeaderBytes
		if size < 0 || at+size > len(data) {
			break // the file ends within a frame
		}
		read.frames = append(read.frames, data[at:at+size])
		at += size
	}
	if len(read.frames) < 2 || last <= first {
		return nil, errors.New("an IVF file of less than two frames")
	}
	read.interval = time.Duration(timeBase * float64(last-first) / float64(len(read.frames)-1) * float64(time.Second))
	return read, nil
}

// readAnnexB cuts a byte stream (H.264, annex B) into access units: each ends before a parameter set, a delimiter, or
// the first slice of the next picture.
func readAnnexB(data []byte, rate float64) (*clip, error) {
	read := &clip{mimeType: webrtc.MimeTypeH264, interval: time.Duration(float64(time.Second) / rate)}
	start, hasSlice := -1, false
	for at := 0; at+4 < len(data); at++ {
		if data[at] != 0 || data[at+1] != 0 || data[at+2] != 1 {
			continue
		}
		kind := data[at+3] & 0x1f
		isSlice := kind == 1 || kind == 5
		// first_mb_in_slice is 0, coded as a single one bit, in a picture's first slice.
		begins := kind == 7 || kind == 9 || (isSlice && data[at+4]&0x80 != 0)
		if start < 0 {
			start = at
		} else if begins && hasSlice {
			read.frames = append(read.frames, data[start:at])
			start, hasSlice = at, false
		}
		hasSlice = hasSlice || isSlice
		at += 3
	}
	if hasSlice {
		read.frames = append(read.frames, data[start:])
	}
	if len(read.frames) < 2 {
		return nil, errors.New("no IVF and no Annex B file of at least two pictures")
	}
	return read, nil
}
