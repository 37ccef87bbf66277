/*
 * For tests, by LD_PRELOAD: what a thread sends on a socket is counted, and fails where the thread wants it.
 * Of other threads nothing is changed.
 */
#include <cerrno>
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

namespace {

thread_local int calls;
thread_local int segmentedCalls;
thread_local int callsToPass;
thread_local int failure;
thread_local bool onlySegmented;

bool isSegmented(const msghdr *message) {
	for (cmsghdr *header = CMSG_FIRSTHDR(message); header;
	     header = CMSG_NXTHDR(const_cast<msghdr *>(message), header))
		if (header->cmsg_level == IPPROTO_UDP && header->cmsg_type == UDP_SEGMENT)
			return true;
	return false;
}

// Whether this call is to fail; errno is set then
bool fails(bool segmented) {
	++calls;
	if (segmented)
		++segmentedCalls;
	if (failure == 0 || (onlySegmented && !segmented) || callsToPass-- > 0)
		return false;
	errno = failure;
	return true;
}

} // namespace

extern "C" {

// From now on this thread's calls fail with an errno after so many that pass; 0: none fails. Counts anew.
void framecastFailSends(int passing, int error, int segmentedAlone) {
	calls = segmentedCalls = 0;
	callsToPass = passing;
	failure = error;
	onlySegmented = segmentedAlone != 0;
}

int framecastSends(void) { return calls; }

// Those that the kernel cuts into several datagrams
int framecastSegmentedSends(void) { return segmentedCalls; }

ssize_t sendto(int fd, const void *data, size_t size, int flags, const sockaddr *to, socklen_t length) {
	static const auto next = reinterpret_cast<decltype(&sendto)>(dlsym(RTLD_NEXT, "sendto"));
	return fails(false) ? -1 : next(fd, data, size, flags, to, length);
}

ssize_t sendmsg(int fd, const msghdr *message, int flags) {
	static const auto next = reinterpret_cast<decltype(&sendmsg)>(dlsym(RTLD_NEXT, "sendmsg"));
	return fails(isSegmented(message)) ? -1 : next(fd, message, flags);
}

} // extern "C"
