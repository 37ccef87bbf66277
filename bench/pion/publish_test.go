package main

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
)

func TestAnIvfFileIsReadAndABrokenEndIsLeftOut(t *testing.T) {
	data := make([]byte, ivfHeaderBytes)
	copy(data, "DKIF")
	binary.LittleEndian.PutUint16(data[6:], ivfHeaderBytes)
	copy(data[8:], "VP80")
	binary.LittleEndian.PutUint32(data[16:], 30)
	binary.LittleEndian.PutUint32(data[20:], 1)
	for i := 0; i < 4; i++ {
		frame := make([]byte, ivfFrameHeaderBytes+5)
		binary.LittleEndian.PutUint32(frame, 5)
		binary.LittleEndian.PutUint64(frame[4:], uint64(i))
		data = append(data, frame...)
	}
	read, err := readIVF(data)
	if err != nil || len(read.frames) != 4 || read.mimeType != webrtc.MimeTypeVP8 || read.interval != time.Second/30 {
		t.Fatal(read, err)
	}
	if read, err = readIVF(data[:len(data)-2]); err != nil || len(read.frames) != 3 {
		t.Fatal(read, err)
	}
}

func TestAnnexBIsCutIntoPictures(t *testing.T) {
	sps, pps := []byte{0, 0, 0, 1, 0x67, 1, 2}, []byte{0, 0, 1, 0x68, 3, 4}
	idr, slice := []byte{0, 0, 1, 0x65, 0x88, 5}, []byte{0, 0, 1, 0x65, 0x20, 6}
	delta := []byte{0, 0, 1, 0x41, 0x9a, 7}
	var data []byte
	for _, part := range [][]byte{sps, pps, idr, slice, delta, delta, sps, pps, idr, slice} {
		data = append(data, part...)
	}
	read, err := readAnnexB(data, 25)
	if err != nil || len(read.frames) != 4 || read.interval != 40*time.Millisecond {
		t.Fatal(len(read.frames), err)
	}
}

func TestARelayTakesThePlaceOfEveryCandidate(t *testing.T) {
	answer := "v=0\r\nm=video 9 X 96\r\na=mid:0\r\na=candidate:1 1 UDP 1 10.0.0.1 5 typ host\r\na=end-of-candidates\r\n"
	want := "v=0\r\nm=video 9 X 96\r\na=mid:0\r\na=candidate:1 1 UDP 2122317823 127.0.0.1 7000 typ host\r\n"
	if got := withCandidate(answer, "127.0.0.1:7000"); got != want {
		t.Fatalf("%q", got)
	}
}
