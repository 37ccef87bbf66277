package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/nack"
	"github.com/pion/interceptor/pkg/report"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
)

var feedback = []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}, {Type: "ccm", Parameter: "fir"}, {Type: "goog-remb"}}

// videoCodecs are offered under the payload types that Chromium uses.
var videoCodecs = map[string]webrtc.RTPCodecParameters{
	"vp8":  {RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000, RTCPFeedback: feedback}, PayloadType: 96},
	"vp9":  {RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP9, ClockRate: 90000, SDPFmtpLine: "profile-id=0", RTCPFeedback: feedback}, PayloadType: 98},
	"h264": {RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeH264, ClockRate: 90000, SDPFmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", RTCPFeedback: feedback}, PayloadType: 106},
	"av1":  {RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeAV1, ClockRate: 90000, RTCPFeedback: feedback}, PayloadType: 45},
}

var opus = webrtc.RTPCodecParameters{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1"}, PayloadType: 111}

func codecOf(mimeType string) Codec {
	switch {
	case strings.EqualFold(mimeType, webrtc.MimeTypeH264):
		return H264
	case strings.EqualFold(mimeType, webrtc.MimeTypeVP9):
		return VP9
	case strings.EqualFold(mimeType, webrtc.MimeTypeAV1):
		return AV1
	case strings.EqualFold(mimeType, webrtc.MimeTypeOpus):
		return Opus
	}
	return VP8
}

// apiFor makes Pion's API for peers of one kind.
//
//	codecs    comma-separated, in the order of the offer
//	bind      the only local address, or empty for all
//	extra     interceptors beside receiver and sender reports
func apiFor(codecs, bind string, extra ...interceptor.Factory) (*webrtc.API, error) {
	media := &webrtc.MediaEngine{}
	for _, name := range strings.Split(codecs, ",") {
		parameters, known := videoCodecs[strings.ToLower(strings.TrimSpace(name))]
		if !known {
			return nil, fmt.Errorf("no codec is called %q", name)
		}
		if err := media.RegisterCodec(parameters, webrtc.RTPCodecTypeVideo); err != nil {
			return nil, err
		}
	}
	if err := media.RegisterCodec(opus, webrtc.RTPCodecTypeAudio); err != nil {
		return nil, err
	}
	registry := &interceptor.Registry{}
	for _, factory := range extra {
		registry.Add(factory)
	}
	receiver, err := report.NewReceiverInterceptor()
	if err != nil {
		return nil, err
	}
	registry.Add(receiver)
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	if bind != "" {
		only := net.ParseIP(bind)
		settings.SetIPFilter(func(address net.IP) bool { return address.Equal(only) })
	}
	if ip := net.ParseIP(bind); ip != nil && ip.To4() == nil {
		settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP6})
	} else {
		settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	}
	return webrtc.NewAPI(webrtc.WithMediaEngine(media), webrtc.WithInterceptorRegistry(registry), webrtc.WithSettingEngine(settings)), nil
}

// certificate is shared by all peers of this program: making one is work that a client would do once, too.
var certificate = sync.OnceValues(func() (*webrtc.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	return webrtc.GenerateCertificate(key)
})

// newPeer makes a peer that reaches the other side by these relays alone, when there are any.
func newPeer(api *webrtc.API, relays ...webrtc.ICEServer) (*webrtc.PeerConnection, error) {
	shared, err := certificate()
	if err != nil {
		return nil, err
	}
	configuration := webrtc.Configuration{Certificates: []webrtc.Certificate{*shared}}
	if len(relays) > 0 {
		configuration.ICEServers, configuration.ICETransportPolicy = relays, webrtc.ICETransportPolicyRelay
	}
	return api.NewPeerConnection(configuration)
}

// localOffer makes an offer with every candidate in it.
func localOffer(peer *webrtc.PeerConnection) (string, error) {
	offer, err := peer.CreateOffer(nil)
	if err != nil {
		return "", err
	}
	gathered := webrtc.GatheringCompletePromise(peer)
	if err = peer.SetLocalDescription(offer); err != nil {
		return "", err
	}
	<-gathered
	return peer.LocalDescription().SDP, nil
}

// responder answers the NACKs of a publisher's server from what was sent.
func responder() (interceptor.Factory, error) {
	return nack.NewResponderInterceptor(nack.ResponderSize(1024))
}

// feedbackSeen counts what comes back to a publisher.
type feedbackSeen struct{ nacks, plis, receiverReports atomic.Uint64 }

func (f *feedbackSeen) count(packets []rtcp.Packet) (keyframeWanted bool) {
	for _, p := range packets {
		switch message := p.(type) {
		case *rtcp.TransportLayerNack:
			for _, pair := range message.Nacks {
				f.nacks.Add(uint64(len(pair.PacketList())))
			}
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			f.plis.Add(1)
			keyframeWanted = true
		case *rtcp.ReceiverReport:
			f.receiverReports.Add(1)
		}
	}
	return keyframeWanted
}
