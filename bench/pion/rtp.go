package main

import "encoding/binary"

// Codec says how a packet's payload is read.
type Codec int

// The codecs that a viewer can ask for.
const (
	VP8 Codec = iota
	H264
	VP9
	AV1
	Opus
)

// packet is what the assembler needs to know of an RTP packet.
type packet struct {
	sequence  uint16
	timestamp uint32
	// marker: the last packet of its frame.
	marker bool
	// start: the first packet of a frame, as far as the payload tells.
	start bool
	// keyStart: the first packet of a frame that decodes alone.
	keyStart bool
	// pictureID of VP8, or -1.
	pictureID int
}

const rtpHeaderBytes = 12

// readPacket parses an RTP packet (RFC 3550, 5.1); ok is false when it is none.
func readPacket(raw []byte, codec Codec) (p packet, ok bool) {
	if len(raw) < rtpHeaderBytes || raw[0]>>6 != 2 {
		return p, false
	}
	at := rtpHeaderBytes + 4*int(raw[0]&0x0f)
	if raw[0]&0x10 != 0 {
		if at+4 > len(raw) {
			return p, false
		}
		at += 4 + 4*int(binary.BigEndian.Uint16(raw[at+2:]))
	}
	end := len(raw)
	if raw[0]&0x20 != 0 {
		end -= int(raw[end-1])
	}
	if at >= end {
		return p, false // padding alone carries nothing
	}
	p.marker = raw[1]&0x80 != 0
	p.sequence = binary.BigEndian.Uint16(raw[2:])
	p.timestamp = binary.BigEndian.Uint32(raw[4:])
	p.pictureID = -1
	payload := raw[at:end]
	switch codec {
	case VP8:
		readVP8(payload, &p)
	case H264:
		p.keyStart = startsWithParameterSet(payload)
		p.start = p.keyStart
	case VP9:
		// The draft became RFC 9628: I P L F B E V Z. B begins a frame, P says that it needs others.
		p.start = payload[0]&0x08 != 0
		p.keyStart = p.start && payload[0]&0x40 == 0
	case AV1:
		// AV1's RTP specification, 4.4: Z continues a unit, N begins a coded video sequence.
		p.start = payload[0]&0x80 == 0
		p.keyStart = p.start && payload[0]&0x08 != 0
	case Opus:
		p.start, p.keyStart = true, true
	}
	return p, true
}

// readVP8 reads the payload descriptor of RFC 7741, 4.2, and the first bit of the frame behind it.
func readVP8(payload []byte, p *packet) {
	at := 1
	if payload[0]&0x80 != 0 {
		if at >= len(payload) {
			return
		}
		extensions := payload[at]
		at++
		if extensions&0x80 != 0 && at < len(payload) {
			p.pictureID = int(payload[at] & 0x7f)
			if payload[at]&0x80 != 0 && at+1 < len(payload) {
				p.pictureID = p.pictureID<<8 | int(payload[at+1])
				at++
			}
			at++
		}
		if extensions&0x40 != 0 {
			at++
		}
		if extensions&0x30 != 0 {
			at++
		}
	}
	p.start = payload[0]&0x10 != 0 && payload[0]&0x0f == 0
	p.keyStart = p.start && at < len(payload) && payload[at]&1 == 0
}

// startsWithParameterSet: a viewer that joins needs the sequence parameter set, so a keyframe begins with it.
// RFC 6184: type 7 alone, or first within a STAP-A (24).
func startsWithParameterSet(payload []byte) bool {
	switch payload[0] & 0x1f {
	case 7:
		return true
	case 24:
		return len(payload) > 3 && payload[3]&0x1f == 7
	}
	return false
}
