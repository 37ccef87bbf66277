package main

import "time"

// window is how many packets back a late one is still taken.
const window = 1024

// patience is how long a missing packet is waited for before a whole keyframe further on is taken instead.
const patience = 150 * time.Millisecond

const (
	empty = iota
	missing
	received
)

type slot struct {
	number    int64
	timestamp uint32
	pictureID int32
	state     uint8
	marker    bool
	start     bool
}

// picture is a frame that can be decoded: it is whole, and so is every one since a keyframe.
type picture struct {
	key       bool
	timestamp uint32
	// skipped: frames before this one were given up.
	skipped bool
}

// assembler puts frames together from packets that come in any order, as a player's jitter buffer does, and keeps the
// accounts: what is missing, what came late, what never came.
type assembler struct {
	slots   [window]slot
	any     bool
	highest int64
	// next is the first packet of the frame that must come next; scan the first one from there that is not here.
	next, scan int64
	decodable  bool
	keyStart   int64
	// stuckSince is when scan last moved while more was there.
	stuckSince time.Time
	// lastPictureID of the last whole frame, or -1.
	lastPictureID int32

	packets, duplicates, recovered, late uint64
	// gaps are packets that never came, and so were lost for good.
	gaps uint64
	// broken counts frames whose first packet is no start of a frame, and picture numbers that do not go on by one.
	broken  uint64
	lacking int
	deliver func(picture)
}

func newAssembler(deliver func(picture)) *assembler {
	return &assembler{keyStart: -1, lastPictureID: -1, deliver: deliver}
}

func (a *assembler) at(number int64) *slot { return &a.slots[number%window] }

func (a *assembler) has(number int64) bool {
	s := a.at(number)
	return s.number == number && s.state == received
}

// add takes a packet; it returns false for one that is here already or comes too late.
func (a *assembler) add(p packet, now time.Time) bool {
	number := a.number(p.sequence)
	switch {
	case number > a.highest:
		a.advance(number)
	case number <= a.highest-window || a.at(number).number != number:
		a.late++
		return false
	case a.at(number).state == received:
		a.duplicates++
		return false
	default:
		a.recovered++
		a.lacking--
	}
	a.packets++
	*a.at(number) = slot{number, p.timestamp, int32(p.pictureID), received, p.marker, p.start}
	if p.keyStart && number > a.keyStart {
		a.keyStart = number
	}
	a.assemble(now)
	return true
}

// number unwraps a sequence number; the first is far from zero, so that earlier ones stay positive.
func (a *assembler) number(sequence uint16) int64 {
	if !a.any {
		a.any = true
		number := int64(1)<<20 | int64(sequence)
		a.highest = number - 1
		a.next, a.scan = number, number
		return number
	}
	return a.highest + int64(int16(sequence-uint16(a.highest)))
}

func (a *assembler) advance(number int64) {
	for n := a.highest + 1; n <= number; n++ {
		s := a.at(n)
		if s.state == missing {
			a.gaps++
			a.lacking--
		}
		*s = slot{number: n, state: missing}
		a.lacking++
	}
	a.lacking-- // the last of them is here
	a.highest = number
}

// assemble delivers every frame that has become whole.
func (a *assembler) assemble(now time.Time) {
	for before := a.scan; a.decodable && a.has(a.scan); {
		if a.at(a.scan).marker {
			a.whole(a.next, a.scan, false)
		} else {
			a.scan++
		}
		if a.scan != before {
			a.stuckSince = now
		}
	}
	if a.scan > a.highest {
		a.stuckSince = now
	}
	if !a.decodable || (a.keyStart > a.next && now.Sub(a.stuckSince) > patience) {
		a.resume(now)
	}
}

// resume goes on at the last keyframe that began, if it is whole: nothing before it can be decoded.
func (a *assembler) resume(now time.Time) {
	if a.keyStart < 0 {
		return
	}
	for n := a.keyStart; n <= a.highest && a.has(n); n++ {
		if a.at(n).marker {
			skipped := a.decodable
			a.decodable = true
			a.lastPictureID = -1
			a.whole(a.keyStart, n, skipped)
			a.stuckSince = now
			a.assemble(now)
			return
		}
	}
}

func (a *assembler) whole(first, last int64, skipped bool) {
	s := a.at(first)
	if s.pictureID >= 0 {
		if !s.start || (a.lastPictureID >= 0 && (a.lastPictureID+1)&0x7fff != s.pictureID) {
			a.broken++
		}
		a.lastPictureID = s.pictureID
	}
	a.next, a.scan = last+1, last+1
	a.deliver(picture{key: first == a.keyStart, timestamp: s.timestamp, skipped: skipped})
}

// stuck: no frame can be delivered before something comes that is missing now.
func (a *assembler) stuck() bool {
	return a.any && (!a.decodable || a.scan < a.highest)
}

// lost lists what is missing, oldest first, at most this many, nothing older than the frame that must come next.
func (a *assembler) lost(most int) []uint16 {
	if a.lacking == 0 {
		return nil
	}
	var numbers []uint16
	from := max(a.scan, a.highest-window+1)
	for n := from; n < a.highest && len(numbers) < most; n++ {
		if s := a.at(n); s.number == n && s.state == missing {
			numbers = append(numbers, uint16(n))
		}
	}
	return numbers
}
