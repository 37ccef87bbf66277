# Included by libdatachannel's own project() call (CMAKE_PROJECT_libdatachannel_INCLUDE): adds our version
# functions to its shared library without a change to its sources. The target does not exist yet here.
set(FRAMECAST_RTC_SOURCE "${CMAKE_CURRENT_LIST_DIR}/framecast_rtc.cpp")
cmake_language(DEFER CALL target_sources datachannel PRIVATE "${FRAMECAST_RTC_SOURCE}")
