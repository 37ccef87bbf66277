package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

var printing sync.Mutex

// emit prints a value as one line of JSON.
func emit(value any) {
	line, err := json.Marshal(value)
	if err != nil {
		line = []byte(fmt.Sprintf("{\"event\":\"error\",\"message\":%q}", err))
	}
	printing.Lock()
	defer printing.Unlock()
	fmt.Fprintf(os.Stdout, "%s\n", line)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// cpuMillis is the processor time of this program so far.
func cpuMillis() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e6
}

// monotonicNanos is the system's monotonic clock, which every process on the machine shares.
func monotonicNanos() int64 {
	var now unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &now)
	return now.Nano()
}

// distribution keeps values for percentiles.
type distribution struct{ values []float64 }

func (d *distribution) add(value float64) { d.values = append(d.values, value) }

func (d *distribution) count() int { return len(d.values) }

func (d *distribution) summary() map[string]float64 {
	if len(d.values) == 0 {
		return nil
	}
	sort.Float64s(d.values)
	quantile := func(q float64) float64 { return d.values[int(q*float64(len(d.values)-1)+0.5)] }
	return map[string]float64{
		"n": float64(len(d.values)), "min": d.values[0], "p50": quantile(0.5), "p95": quantile(0.95), "p99": quantile(0.99), "max": quantile(1),
	}
}

// measured adds up what the viewers received between two moments.
func measured(before, after []account, took time.Duration, clientCpu float64, ended int) map[string]any {
	var sum account
	var rates distribution
	seconds := took.Seconds()
	for i := range after {
		b, a := before[i], after[i]
		sum.Packets += a.Packets - b.Packets
		sum.Bytes += a.Bytes - b.Bytes
		sum.Frames += a.Frames - b.Frames
		sum.Keyframes += a.Keyframes - b.Keyframes
		sum.Skipped += a.Skipped - b.Skipped
		sum.Gaps += a.Gaps - b.Gaps
		sum.Recovered += a.Recovered - b.Recovered
		sum.Duplicates += a.Duplicates - b.Duplicates
		sum.Late += a.Late - b.Late
		sum.Broken += a.Broken - b.Broken
		sum.Nacks += a.Nacks - b.Nacks
		sum.Plis += a.Plis - b.Plis
		sum.AudioPackets += a.AudioPackets - b.AudioPackets
		sum.AudioGaps += a.AudioGaps
		sum.SenderReports += a.SenderReports - b.SenderReports
		sum.Freezes += a.Freezes
		sum.LongestMs = max(sum.LongestMs, a.LongestMs)
		rates.add(float64(a.Frames-b.Frames) / seconds)
	}
	count := max(1, len(after))
	return map[string]any{
		"event": "measured", "viewers": len(after), "seconds": seconds, "sum": sum, "fps": rates.summary(), "ended": ended,
		"kbps_per_viewer": float64(sum.Bytes) * 8 / 1000 / seconds / float64(count), "client_cpu_ms": clientCpu,
	}
}
