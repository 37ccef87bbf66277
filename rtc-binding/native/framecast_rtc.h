/*
 * What the Java binding asks of the library that it has loaded. The C API of libdatachannel names its
 * version only in a header macro, so a caller that has no compiler cannot check it. These functions are
 * linked into the library that build.sh makes.
 */
#ifndef FRAMECAST_RTC_H
#define FRAMECAST_RTC_H

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the headers that the library was compiled with, as in "0.24.6". */
const char *framecastRtcVersion(void);

/* sizeof(rtcConfiguration), which moves between versions. */
int framecastRtcConfigurationBytes(void);

#ifdef __cplusplus
}
#endif

#endif
