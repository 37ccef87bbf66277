// The same as BareLoop.java without Java: recorded packets, one thread, a payload type written into each, and the
// library's send for every viewer. It answers WHEP offers as they come, and checks nothing.
//
//   bare_loop --packets FILE --http PORT --udp PORT [--each 1] [--nack N]

#include <rtc/rtc.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <regex>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Packet {
	int kind;
	char *data;
	int size;
	uint32_t timestamp;
};

struct Unit {
	int kind;
	std::chrono::nanoseconds due;
	size_t first, count;
};

struct Receiver {
	int peer, track, kind;
	uint8_t payloadType;
};

uint32_t read32(const char *at) {
	uint32_t value;
	std::memcpy(&value, at, 4);
	return ntohl(value);
}

void write32(char *at, uint32_t value) {
	value = htonl(value);
	std::memcpy(at, &value, 4);
}

uint16_t read16(const char *at) {
	uint16_t value;
	std::memcpy(&value, at, 2);
	return ntohs(value);
}

void write16(char *at, uint16_t value) {
	value = htons(value);
	std::memcpy(at, &value, 2);
}

constexpr int64_t RATE_HZ[] = {90000, 48000};

/// The packets of a recording: kind (one byte), size (two, big-endian), bytes.
struct Recording {
	static constexpr int STRIDE = 1536;

	std::vector<char> slots;
	std::vector<int> sizes;
	std::vector<Packet> packets;
	std::vector<Unit> units;
	int perRound[2] = {0, 0};
	std::chrono::nanoseconds duration{};

	explicit Recording(const std::string &name) {
		std::ifstream file(name, std::ios::binary);
		std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
		std::vector<size_t> places;
		for (size_t at = 0; at + 3 <= bytes.size(); at += 3 + read16(&bytes[at + 1]))
			places.push_back(at);
		slots.resize(places.size() * STRIDE);
		for (size_t i = 0; i < places.size(); i++) {
			const char *from = &bytes[places[i]];
			char *data = &slots[i * STRIDE];
			sizes.push_back(read16(from + 1));
			std::memcpy(data, from + 3, size_t(sizes[i]));
			packets.push_back({from[0], data, sizes[i], read32(data + 4)});
			perRound[int(from[0])]++;
		}
		for (size_t i = 0; i < packets.size();) {
			size_t first = i;
			while (i < packets.size() && packets[i].kind == packets[first].kind && packets[i].timestamp == packets[first].timestamp)
				i++;
			units.push_back({packets[first].kind, due(packets[first]), first, i - first});
		}
		std::stable_sort(units.begin(), units.end(), [](const Unit &a, const Unit &b) { return a.due < b.due; });
		duration = units.back().due + std::chrono::nanoseconds(1000000000 / 30);
	}

	std::chrono::nanoseconds due(const Packet &packet) const {
		auto first = std::find_if(packets.begin(), packets.end(), [&](const Packet &p) { return p.kind == packet.kind; });
		return std::chrono::nanoseconds(int64_t(int32_t(packet.timestamp - first->timestamp)) * 1000000000 / RATE_HZ[packet.kind]);
	}

	uint32_t ssrc(int kind) const {
		auto first = std::find_if(packets.begin(), packets.end(), [&](const Packet &p) { return p.kind == kind; });
		return read32(first->data + 8);
	}

	void nextRound(Packet &p) {
		write16(p.data + 2, uint16_t(read16(p.data + 2) + perRound[p.kind]));
		write32(p.data + 4, uint32_t(read32(p.data + 4) + duration.count() * RATE_HZ[p.kind] / 1000000000));
	}
};

/// What a negotiation waits for.
struct Gathering {
	std::mutex mutex;
	std::condition_variable changed;
	bool complete = false;
};

std::mutex receiversMutex;
std::shared_ptr<const std::vector<Receiver>> receivers = std::make_shared<std::vector<Receiver>>();

void replaceReceivers(const std::vector<Receiver> &added, int gonePeer) {
	std::lock_guard lock(receiversMutex);
	auto next = std::make_shared<std::vector<Receiver>>();
	for (const Receiver &receiver : *receivers)
		if (receiver.peer != gonePeer)
			next->push_back(receiver);
	next->insert(next->end(), added.begin(), added.end());
	receivers = next;
}

std::string only(const std::string &pattern, const std::string &text) {
	std::smatch found;
	if (!std::regex_search(text, found, std::regex(pattern, std::regex::icase)))
		return "";
	return found[1];
}

void stateChanged(int peer, rtcState state, void *) {
	if (state == RTC_DISCONNECTED || state == RTC_FAILED || state == RTC_CLOSED) {
		replaceReceivers({}, peer);
		std::thread([peer] { rtcDeletePeerConnection(peer); }).detach();
	}
}

void gatheringChanged(int, rtcGatheringState state, void *pointer) {
	if (state != RTC_GATHERING_COMPLETE)
		return;
	auto *gathering = static_cast<Gathering *>(pointer);
	std::lock_guard lock(gathering->mutex);
	gathering->complete = true;
	gathering->changed.notify_all();
}

std::string answer(std::string offer, const Recording &recording, uint16_t udpPort, int nack) {
	rtcConfiguration configuration{};
	configuration.enableIceUdpMux = true;
	configuration.disableAutoNegotiation = true;
	configuration.portRangeBegin = configuration.portRangeEnd = udpPort;
	int peer = rtcCreatePeerConnection(&configuration);
	// Lives until the peer is gone: the callback may still come.
	auto *gathering = new Gathering;
	rtcSetUserPointer(peer, gathering);
	rtcSetStateChangeCallback(peer, stateChanged);
	rtcSetGatheringStateChangeCallback(peer, gatheringChanged);
	std::vector<Receiver> added;
	for (size_t at = offer.find("m="); at != std::string::npos;) {
		size_t end = offer.find("\nm=", at);
		std::string section = offer.substr(at, end == std::string::npos ? end : end + 1 - at);
		at = end == std::string::npos ? end : end + 1;
		int kind = section.rfind("m=video", 0) == 0 ? 0 : 1;
		std::string payloadType = only(kind == 0 ? "a=rtpmap:(\\d+) VP8/90000" : "a=rtpmap:(\\d+) opus/48000", section);
		std::string type = kind == 0 ? "video" : "audio", codec = kind == 0 ? "VP8/90000" : "opus/48000/2";
		std::string lines = "m=" + type + " 9 UDP/TLS/RTP/SAVPF " + payloadType + "\r\na=mid:" + only("a=mid:(\\S+)", section) +
		                    "\r\na=sendonly\r\na=rtcp-mux\r\na=rtpmap:" + payloadType + " " + codec + "\r\na=ssrc:" +
		                    std::to_string(recording.ssrc(kind)) + " cname:bare\r\na=msid:bare " + type + "\r\n";
		int track = rtcAddTrack(peer, lines.c_str());
		if (nack > 0)
			rtcChainRtcpNackResponder(track, nack);
		rtcChainPliHandler(track, [](int, void *) {});
		added.push_back({peer, track, kind, uint8_t(std::atoi(payloadType.c_str()))});
	}
	// As the DTLS client the library's handshake with Pion fails on OpenSSL 3.
	offer = std::regex_replace(offer, std::regex("a=setup:actpass"), "a=setup:active");
	rtcSetRemoteDescription(peer, offer.c_str(), "offer");
	rtcSetLocalDescription(peer, "answer");
	{
		std::unique_lock lock(gathering->mutex);
		gathering->changed.wait_for(lock, std::chrono::seconds(5), [&] { return gathering->complete; });
	}
	replaceReceivers(added, -1);
	std::vector<char> sdp(1 << 16);
	rtcGetLocalDescription(peer, sdp.data(), int(sdp.size()));
	return sdp.data();
}

void serve(int listening, const Recording &recording, uint16_t udpPort, int nack) {
	for (;;) {
		int socket = accept(listening, nullptr, nullptr);
		std::string request;
		char buffer[16384];
		size_t head = std::string::npos, length = 0;
		while (head == std::string::npos || request.size() < head + 4 + length) {
			ssize_t got = recv(socket, buffer, sizeof buffer, 0);
			if (got <= 0)
				break;
			request.append(buffer, size_t(got));
			head = request.find("\r\n\r\n");
			if (head != std::string::npos)
				length = size_t(std::atoi(("0" + only("content-length: *(\\d+)", request.substr(0, head))).c_str()));
		}
		std::string body, status = "200 OK";
		if (request.rfind("POST", 0) == 0) {
			body = answer(request.substr(head + 4), recording, udpPort, nack);
			status = "201 Created\r\nContent-Type: application/sdp\r\nLocation: /whep/bare";
		}
		std::string response = "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
		send(socket, response.data(), response.size(), MSG_NOSIGNAL);
		close(socket);
	}
}

[[noreturn]] void sendAll(Recording &recording, bool each) {
	auto start = Clock::now();
	for (int64_t round = 0;; round++) {
		for (const Unit &unit : recording.units) {
			std::this_thread::sleep_until(start + round * recording.duration + unit.due);
			for (size_t i = unit.first; round > 0 && i < unit.first + unit.count; i++)
				recording.nextRound(recording.packets[i]);
			std::shared_ptr<const std::vector<Receiver>> now;
			{
				std::lock_guard lock(receiversMutex);
				now = receivers;
			}
			for (const Receiver &receiver : *now) {
				if (receiver.kind != unit.kind)
					continue;
				for (size_t i = unit.first; i < unit.first + unit.count; i++) {
					Packet &p = recording.packets[i];
					p.data[1] = char((p.data[1] & 0x80) | receiver.payloadType);
					if (each)
						rtcSendMessage(receiver.track, p.data, p.size);
				}
				if (!each)
					rtcSendPackets(receiver.track, recording.packets[unit.first].data, Recording::STRIDE, &recording.sizes[unit.first], int(unit.count));
			}
		}
	}
}

} // namespace

int main(int count, char **arguments) {
	std::map<std::string, std::string> options{{"--packets", ""}, {"--http", "0"}, {"--udp", "0"}, {"--each", "0"}, {"--nack", "0"}};
	for (int i = 1; i + 1 < count; i += 2)
		options[arguments[i]] = arguments[i + 1];
	rtcInitLogger(RTC_LOG_NONE, nullptr);
	Recording recording(options["--packets"]);
	int listening = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
	setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	sockaddr_in address{};
	address.sin_family = AF_INET;
	address.sin_port = htons(uint16_t(std::atoi(options["--http"].c_str())));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listening, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 || listen(listening, 64) != 0) {
		std::perror("bare_loop");
		return 1;
	}
	uint16_t udpPort = uint16_t(std::atoi(options["--udp"].c_str()));
	int nack = std::atoi(options["--nack"].c_str());
	std::thread([&, udpPort, nack] { serve(listening, recording, udpPort, nack); }).detach();
	std::puts("ready");
	std::fflush(stdout);
	sendAll(recording, nack > 0 || options["--each"] != "0");
}
