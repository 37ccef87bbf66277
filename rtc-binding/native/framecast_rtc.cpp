#include "framecast_rtc.h"

#include <rtc/rtc.h>

extern "C" __attribute__((visibility("default"))) const char *framecastRtcVersion(void) {
	return RTC_VERSION;
}

extern "C" __attribute__((visibility("default"))) int framecastRtcConfigurationBytes(void) {
	return static_cast<int>(sizeof(rtcConfiguration));
}
