package main

import (
	"math/rand"
	"testing"
	"time"
)

// frames makes packets of VP8-like frames: every tenth a keyframe, three packets each, from a sequence number that wraps.
func frames(count int) []packet {
	var all []packet
	sequence := uint16(65530)
	for f := 0; f < count; f++ {
		for i := 0; i < 3; i++ {
			all = append(all, packet{
				sequence: sequence, timestamp: uint32(3000 * f), marker: i == 2, start: i == 0,
				keyStart: i == 0 && f%10 == 0, pictureID: f & 0x7fff,
			})
			sequence++
		}
	}
	return all
}

// receiver adds packets at ten milliseconds each.
type receiver struct {
	*assembler
	now time.Time
}

func (r *receiver) add(p packet) {
	r.now = r.now.Add(10 * time.Millisecond)
	r.assembler.add(p, r.now)
}

func collect() (*receiver, *[]picture) {
	var seen []picture
	a := newAssembler(func(p picture) { seen = append(seen, p) })
	return &receiver{a, time.Unix(1, 0)}, &seen
}

func TestInOrderEveryFrameIsWhole(t *testing.T) {
	a, seen := collect()
	for _, p := range frames(50) {
		a.add(p)
	}
	if len(*seen) != 50 || a.gaps+a.duplicates+a.late+a.broken != 0 || a.lacking != 0 {
		t.Fatal(len(*seen), a)
	}
}

func TestReorderedPacketsAndDuplicatesAreNoLoss(t *testing.T) {
	a, seen := collect()
	all := frames(400)
	random := rand.New(rand.NewSource(1))
	for i := 3; i+4 < len(all); i += 4 {
		random.Shuffle(4, func(x, y int) { all[i+x], all[i+y] = all[i+y], all[i+x] })
	}
	for _, p := range all {
		a.add(p)
		a.add(p)
	}
	if len(*seen) != 400 || a.gaps != 0 || a.lacking != 0 || a.duplicates != 1200 || a.recovered == 0 {
		t.Fatal(len(*seen), a.gaps, a.lacking, a.duplicates, a.recovered)
	}
}

func TestALostPacketHoldsUpUntilItComes(t *testing.T) {
	a, seen := collect()
	all := frames(9)
	for i, p := range all {
		if i != 7 {
			a.add(p)
		}
	}
	if len(*seen) != 2 || !a.stuck() || len(a.lost(10)) != 1 || a.lost(10)[0] != all[7].sequence {
		t.Fatal(len(*seen), a.lost(10))
	}
	a.add(all[7])
	if len(*seen) != 9 || a.stuck() || a.lacking != 0 {
		t.Fatal(len(*seen))
	}
}

func TestAKeyframeEndsAHoldUpAndTheLossIsCounted(t *testing.T) {
	a, seen := collect()
	for i, p := range frames(800) {
		if i != 7 {
			a.add(p)
		}
	}
	if len(*seen) != 2+790 || a.gaps != 1 || a.lacking != 0 || !(*seen)[2].skipped {
		t.Fatal(len(*seen), a.gaps, a.lacking)
	}
}

func TestNothingIsDecodableBeforeAKeyframe(t *testing.T) {
	a, seen := collect()
	all := frames(12)
	for _, p := range all[4:30] {
		a.add(p)
	}
	if len(*seen) != 0 || !a.stuck() {
		t.Fatal(len(*seen))
	}
	for _, p := range all[30:] {
		a.add(p)
	}
	if len(*seen) != 2 || !(*seen)[0].key {
		t.Fatal(*seen)
	}
}

func TestAPictureNumberThatJumpsIsCounted(t *testing.T) {
	a, _ := collect()
	for _, p := range frames(9) {
		if p.timestamp >= 12000 {
			p.pictureID += 5
		}
		a.add(p)
	}
	if a.broken != 1 {
		t.Fatal(a.broken)
	}
}
