package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/pion/webrtc/v4"
)

type viewSettings struct {
	url, token, codecs, bind, candidate, record, frames string
	turn, turnUser, turnPassword                        string
	viewers                                             int
	rate, churn                                         float64
	warmup, seconds, stay                               time.Duration
	audio, nack, each                                   bool
}

// load is a set of viewers.
type load struct {
	viewSettings
	http   *http.Client
	tokens *tokens
	api    *webrtc.API

	mutex  sync.Mutex
	active map[*viewer]bool
	all    []*viewer
	errors map[string]int
	joins  distribution
	firsts distribution
	conns  distribution
}

func view(arguments []string) error {
	l := &load{active: map[*viewer]bool{}, errors: map[string]int{}}
	flags := flag.NewFlagSet("view", flag.ExitOnError)
	flags.StringVar(&l.url, "url", "", "WHEP endpoint")
	flags.StringVar(&l.token, "token", "auto", "bearer token; none; auto opens a session at the endpoint's server")
	flags.IntVar(&l.viewers, "n", 1, "viewers")
	flags.Float64Var(&l.rate, "rate", 30, "joins a second")
	flags.DurationVar(&l.warmup, "warmup", 2*time.Second, "between the last join and the measured time")
	flags.DurationVar(&l.seconds, "seconds", 10*time.Second, "measured time, when all have joined")
	flags.DurationVar(&l.stay, "stay", 0, "each viewer leaves so long after its first frame; 0: all stay to the end")
	flags.Float64Var(&l.churn, "churn", 0, "further viewers a second that join and leave after -stay (or 2s) during the measured time")
	flags.StringVar(&l.codecs, "codecs", "vp8", "video codecs in the order of the offer: vp8,h264,vp9,av1")
	flags.BoolVar(&l.audio, "audio", true, "offer sound too")
	flags.BoolVar(&l.nack, "nack", true, "ask for lost packets again")
	flags.StringVar(&l.bind, "bind", "", "local address; empty for all")
	flags.StringVar(&l.candidate, "candidate", "", "host:port in place of the answer's candidates: a relay")
	flags.StringVar(&l.turn, "turn", "", "turn:host:port, the only way to the server; with -turn-user and -turn-password")
	flags.StringVar(&l.turnUser, "turn-user", "", "user of the relay")
	flags.StringVar(&l.turnPassword, "turn-password", "", "password of the relay")
	flags.StringVar(&l.record, "record", "", "file for the first viewer's RTP packets: kind (1 byte), size (2), bytes")
	flags.StringVar(&l.frames, "frames", "", "file for the first viewer's frames: RTP timestamp, monotonic nanoseconds, key")
	flags.BoolVar(&l.each, "each", false, "a line for each viewer")
	_ = flags.Parse(arguments)
	if l.url == "" {
		return errors.New("-url is missing")
	}
	return l.run()
}

func (l *load) run() error {
	l.http = &http.Client{Transport: &http.Transport{MaxIdleConns: 64, MaxIdleConnsPerHost: 64}, Timeout: 20 * time.Second}
	var err error
	if l.tokens, err = openTokens(l.http, l.url, l.token); err != nil {
		return err
	}
	defer l.tokens.close()
	if l.api, err = apiFor(l.codecs, l.bind); err != nil {
		return err
	}
	prepared := make([]*viewer, 0, l.viewers)
	for range l.viewers {
		v, failure := l.prepare()
		if failure != nil {
			return failure
		}
		prepared = append(prepared, v)
	}
	closeFiles, err := l.observeFirst(prepared)
	if err != nil {
		return err
	}
	defer closeFiles()
	stop := make(chan struct{})
	go l.feedback(stop)
	started := time.Now()
	emit(map[string]any{"event": "joining", "viewers": l.viewers})
	l.joinAll(prepared)
	emit(map[string]any{"event": "joined", "viewers": len(l.all), "errors": l.errors, "took_ms": milliseconds(time.Since(started))})
	time.Sleep(l.warmup)
	l.measure()
	close(stop)
	return l.finish()
}

func (l *load) prepare() (*viewer, error) {
	v := &viewer{endpoint: l.url, http: l.http, tokens: l.tokens, candidate: l.candidate, nack: l.nack}
	if l.turn != "" {
		v.relays = []webrtc.ICEServer{{URLs: []string{l.turn}, Username: l.turnUser, Credential: l.turnPassword}}
	}
	return v, v.prepare(l.api, l.audio)
}

// joinAll starts viewers at the rate, whatever the answers take.
func (l *load) joinAll(prepared []*viewer) {
	var joining sync.WaitGroup
	next := time.Now()
	for _, v := range prepared {
		time.Sleep(time.Until(next))
		next = next.Add(time.Duration(float64(time.Second) / l.rate))
		joining.Add(1)
		go func() {
			defer joining.Done()
			l.oneJoin(v, l.stay)
		}()
	}
	joining.Wait()
}

// oneJoin joins, waits for the first frame when the viewer is to leave, and leaves.
func (l *load) oneJoin(v *viewer, stay time.Duration) {
	if err := v.join(); err != nil {
		l.failed(err.Error())
		v.close()
		return
	}
	l.mutex.Lock()
	l.active[v] = true
	l.all = append(l.all, v)
	l.joins.add(milliseconds(v.postTook))
	l.mutex.Unlock()
	if stay == 0 {
		return
	}
	select {
	case <-v.first:
	case <-time.After(15 * time.Second):
		l.failed("no decodable frame within 15 s")
	}
	time.Sleep(stay)
	l.mutex.Lock()
	delete(l.active, v)
	l.mutex.Unlock()
	if status := v.leave(); status/100 != 2 {
		l.failed(fmt.Sprint("DELETE: ", status))
	}
}

func (l *load) failed(what string) {
	l.mutex.Lock()
	l.errors[what]++
	l.mutex.Unlock()
}

// feedback ticks for all viewers from one goroutine: a timer for each would be work of this client's.
func (l *load) feedback(stop chan struct{}) {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case now := <-ticker.C:
			for _, v := range l.now() {
				v.tick(now)
			}
		}
	}
}

func (l *load) now() []*viewer {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	viewers := make([]*viewer, 0, len(l.active))
	for v := range l.active {
		viewers = append(viewers, v)
	}
	return viewers
}

// measure prints the sums of the steady viewers over the measured time.
func (l *load) measure() {
	if l.seconds <= 0 {
		return
	}
	steady := l.now()
	before := make([]account, len(steady))
	for i, v := range steady {
		v.forgetPauses()
		before[i] = v.account()
	}
	startCpu := cpuMillis()
	start := time.Now()
	emit(map[string]any{"event": "measuring", "viewers": len(steady)})
	var churning sync.WaitGroup
	end := start.Add(l.seconds)
	if l.churn > 0 {
		l.churnUntil(end, &churning)
	}
	time.Sleep(time.Until(end))
	took := time.Since(start)
	after := make([]account, len(steady))
	ended := 0
	for i, v := range steady {
		after[i] = v.account()
		if v.ended.Load() {
			ended++
		}
	}
	clientCpu := cpuMillis() - startCpu
	emit(measured(before, after, took, clientCpu, ended))
	churning.Wait()
}

func (l *load) churnUntil(end time.Time, churning *sync.WaitGroup) {
	stay := l.stay
	if stay == 0 {
		stay = 2 * time.Second
	}
	for next := time.Now(); next.Before(end); next = next.Add(time.Duration(float64(time.Second) / l.churn)) {
		time.Sleep(time.Until(next))
		churning.Add(1)
		go func() {
			defer churning.Done()
			v, err := l.prepare()
			if err != nil {
				l.failed(err.Error())
				return
			}
			l.oneJoin(v, stay)
			l.collect(v)
		}()
	}
}

// collect takes a viewer's times over and forgets the viewer: a run of hours has many.
func (l *load) collect(v *viewer) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.times(v)
	for i, other := range l.all {
		if other == v {
			l.all[i] = l.all[len(l.all)-1]
			l.all = l.all[:len(l.all)-1]
			return
		}
	}
}

func (l *load) times(v *viewer) {
	if first := v.firstKey.Load(); first > 0 {
		l.firsts.add(milliseconds(time.Duration(first)))
	}
	if connected := v.connected.Load(); connected > 0 {
		l.conns.add(milliseconds(time.Duration(connected)))
	}
}

func (l *load) finish() error {
	if l.each {
		for i, v := range l.all {
			emit(struct {
				Viewer    int     `json:"viewer"`
				Codec     string  `json:"codec"`
				Way       string  `json:"way"`
				PostMs    float64 `json:"post_ms"`
				Connected float64 `json:"connected_ms"`
				FirstMs   float64 `json:"first_frame_ms"`
				account
			}{i, v.codec, v.way(), milliseconds(v.postTook), milliseconds(time.Duration(v.connected.Load())),
				milliseconds(time.Duration(v.firstKey.Load())), v.account()})
		}
	}
	dark, codecs := 0, map[string]int{}
	for _, v := range l.all {
		l.times(v)
		codecs[v.codec]++
		if v.firstKey.Load() == 0 {
			dark++
		}
	}
	var leaving sync.WaitGroup
	for _, v := range l.now() {
		leaving.Add(1)
		go func() {
			defer leaving.Done()
			v.leave()
		}()
	}
	leaving.Wait()
	emit(map[string]any{
		"event": "summary", "viewers": l.viewers, "joins": l.joins.count(), "errors": l.errors, "without_picture": dark, "codecs": codecs,
		"post_ms": l.joins.summary(), "connected_ms": l.conns.summary(), "first_frame_ms": l.firsts.summary(), "client_cpu_ms": cpuMillis(),
	})
	if dark > 0 || len(l.errors) > 0 {
		return fmt.Errorf("%d viewers without a picture, failures: %v", dark, l.errors)
	}
	return nil
}

// observeFirst opens the files for the first viewer's packets and frames.
func (l *load) observeFirst(viewers []*viewer) (func(), error) {
	var closers []func()
	open := func(name string) (*bufio.Writer, error) {
		file, err := os.Create(name)
		if err != nil {
			return nil, err
		}
		writer := bufio.NewWriterSize(file, 1<<16)
		closers = append(closers, func() {
			_ = writer.Flush()
			_ = file.Close()
		})
		return writer, nil
	}
	if l.record != "" && len(viewers) > 0 {
		writer, err := open(l.record)
		if err != nil {
			return nil, err
		}
		viewers[0].onPacket = recordTo(writer)
	}
	if l.frames != "" && len(viewers) > 0 {
		writer, err := open(l.frames)
		if err != nil {
			return nil, err
		}
		viewers[0].onFrame = func(timestamp uint32, key bool) { fmt.Fprintln(writer, timestamp, monotonicNanos(), key) }
	}
	return func() {
		for _, v := range viewers {
			v.close()
		}
		for _, closer := range closers {
			closer()
		}
	}, nil
}

// recordTo writes whole pictures, and the sound between them, from the first keyframe on.
func recordTo(writer *bufio.Writer) func(kind byte, raw []byte) {
	var mutex sync.Mutex
	var pending []byte
	begun := false
	return func(kind byte, raw []byte) {
		mutex.Lock()
		defer mutex.Unlock()
		p, ok := readPacket(raw, VP8)
		begun = begun || (kind == 0 && ok && p.keyStart)
		if !begun {
			return
		}
		pending = append(pending, kind)
		pending = binary.BigEndian.AppendUint16(pending, uint16(len(raw)))
		pending = append(pending, raw...)
		if kind == 0 && p.marker {
			_, _ = writer.Write(pending)
			pending = pending[:0]
		}
	}
}
