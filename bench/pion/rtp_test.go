package main

import "testing"

func header(marker byte, payload ...byte) []byte {
	return append([]byte{0x80, marker | 96, 0x12, 0x34, 0, 0, 0, 9, 1, 2, 3, 4}, payload...)
}

func TestKeyframesAreFoundByTheirFirstPacket(t *testing.T) {
	cases := []struct {
		name    string
		codec   Codec
		payload []byte
		key     bool
	}{
		{"VP8 keyframe with a picture number of 15 bits", VP8, []byte{0x90, 0x80, 0x81, 0x02, 0x10}, true},
		{"VP8 delta", VP8, []byte{0x90, 0x80, 0x81, 0x02, 0x11}, false},
		{"VP8 with every extension", VP8, []byte{0x90, 0xf0, 0x05, 0x07, 0x20, 0x10}, true},
		{"VP8 second packet", VP8, []byte{0x80, 0x80, 0x81, 0x02, 0x10}, false},
		{"H264 STAP-A with a parameter set", H264, []byte{0x78, 0, 4, 0x67, 0x42, 0, 0}, true},
		{"H264 parameter set alone", H264, []byte{0x67, 0x42}, true},
		{"H264 part of an IDR", H264, []byte{0x7c, 0x85, 1}, false},
		{"VP9 keyframe", VP9, []byte{0x88, 0x81, 0x02}, true},
		{"VP9 inter frame", VP9, []byte{0xc8, 0x81, 0x02}, false},
		{"AV1 new sequence", AV1, []byte{0x18, 0x0a}, true},
		{"AV1 delta", AV1, []byte{0x10, 0x32}, false},
	}
	for _, c := range cases {
		p, ok := readPacket(header(0x80, c.payload...), c.codec)
		if !ok || p.keyStart != c.key || !p.marker || p.sequence != 0x1234 || p.timestamp != 9 {
			t.Error(c.name, p, ok)
		}
	}
}

func TestExtensionsAndPaddingArePassedOver(t *testing.T) {
	raw := []byte{0xb0, 96, 0, 1, 0, 0, 0, 9, 1, 2, 3, 4, 0xbe, 0xde, 0, 1, 1, 2, 3, 4, 0x90, 0x80, 0x81, 0x02, 0x10, 0, 0, 3}
	p, ok := readPacket(raw, VP8)
	if !ok || !p.keyStart || p.pictureID != 0x102 {
		t.Fatal(p, ok)
	}
	for length := range raw {
		readPacket(raw[:length], VP8)
	}
}
