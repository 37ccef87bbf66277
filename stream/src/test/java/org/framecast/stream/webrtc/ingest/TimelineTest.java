package org.framecast.stream.webrtc.ingest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Sound and picture on one time line, whatever their clocks begin with. */
class TimelineTest {
  private static final long MILLI = 1_000_000L;
  private static final long NTP_EPOCH = 3_900_000_000L;

  private static long ntp(long nanos) {
    long seconds = NTP_EPOCH + Math.floorDiv(nanos, 1_000_000_000L);
    return seconds << 32 | (Math.floorMod(nanos, 1_000_000_000L) << 32) / 1_000_000_000L;
  }

  @Test
  void senderReportsBringSoundAndPictureTogether() {
    IngestTimeline shared = new IngestTimeline();
    TrackTimeline video = new TrackTimeline(shared, 90_000);
    TrackTimeline audio = new TrackTimeline(shared, 48_000);
    // Pictures come 80 ms late, sound 10 ms; both clocks go over their ends soon.
    int videoBase = -90_000;
    int audioBase = -20_000;
    long apart = 0;
    for (long now = 0; now < 4_000; now += 20) {
      long captured = now * MILLI;
      long heard = audio.pts(audioBase + (int) (now * 48), captured + 10 * MILLI);
      long seen = video.pts(videoBase + (int) (now * 90), captured + 80 * MILLI);
      apart = Math.abs(seen - heard);
      if (now == 500 || now == 1_500 || now == 2_500) {
        audio.senderReport(ntp(captured), audioBase + (int) (now * 48));
        video.senderReport(ntp(captured), videoBase + (int) (now * 90));
      }
      if (now == 480) {
        assertTrue(apart >= 65 * MILLI, "before any report the ways are all that is known");
      }
    }
    assertTrue(apart < MILLI, apart + " ns apart");
  }

  @Test
  void timesRiseEvenly() {
    IngestTimeline shared = new IngestTimeline();
    TrackTimeline track = new TrackTimeline(shared, 90_000);
    long before = Long.MIN_VALUE;
    for (int i = 0; i < 200_000; i++) {
      long pts = track.pts(i * 3_000, i * 33_333_333L);
      assertTrue(pts > before, "unit " + i);
      before = pts;
    }
    assertEquals(199_999 * 33_333_333L, before, 50 * MILLI, "after two rounds of the clock");
  }

  private static void assertEquals(long expected, long actual, long tolerance, String what) {
    assertTrue(Math.abs(expected - actual) <= tolerance, what + ": " + actual);
  }

  @Test
  void aPublisherWhoseWallClockIsSetDoesNotTearItsTimes() {
    for (long step : new long[] {3_600_000, -3_600_000}) {
      IngestTimeline shared = new IngestTimeline();
      TrackTimeline video = new TrackTimeline(shared, 90_000);
      TrackTimeline audio = new TrackTimeline(shared, 48_000);
      long before = Long.MIN_VALUE;
      long apart = 0;
      for (long now = 0; now < 20_000; now += 20) {
        long captured = now * MILLI;
        long heard = audio.pts((int) (now * 48), captured + 10 * MILLI);
        long seen = video.pts((int) (now * 90), captured + 80 * MILLI);
        assertTrue(Math.abs(seen - captured) < 1_000 * MILLI, now + " ms: " + seen + " ns");
        assertTrue(Math.abs(heard - captured) < 1_000 * MILLI, now + " ms: " + heard + " ns");
        assertTrue(seen > before + 10 * MILLI || now == 0, now + " ms: " + (seen - before));
        before = seen;
        apart = Math.abs(seen - heard);
        // The two report one after the other, so that for a while they tell of two clocks.
        long wall = now < 5_000 ? now : now + step;
        if (now % 1_000 == 500) {
          audio.senderReport(ntp(wall * MILLI), (int) (now * 48));
        } else if (now % 1_000 == 900) {
          video.senderReport(ntp(wall * MILLI), (int) (now * 90));
        }
      }
      assertTrue(apart < MILLI, apart + " ns apart");
    }
  }

  @Test
  void aClockThatBeginsAnewIsFollowed() {
    IngestTimeline shared = new IngestTimeline();
    TrackTimeline track = new TrackTimeline(shared, 90_000);
    track.pts(0, 0);
    long pts = track.pts(1_500_000_000, 100 * MILLI);
    assertTrue(pts <= 200 * MILLI && pts > 0, pts + " ns");
  }
}
