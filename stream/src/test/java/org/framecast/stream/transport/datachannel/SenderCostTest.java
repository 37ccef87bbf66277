package org.framecast.stream.transport.datachannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.webrtc.NegotiatorSettings;
import org.framecast.stream.webrtc.rtp.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** What a packet costs the thread that sends it, on the real library. */
@Timeout(180)
class SenderCostTest {
  private static final int VIEWERS = 10;

  /** 1.5 Mb/s at 30 pictures a second: six packets. */
  private static final int PICTURE_BYTES = 6_250;

  private static final int PICTURES = 1_700;
  private static final int ATTEMPTS = 10;
  private static final long TRACE_BYTES = 4_096;
  private static final Rendition BEST = Rendition.best(Codec.VP8);

  private long nextPtsNanos;

  @Test
  void aHundredThousandPacketsAllocateNothingOnTheHeap(TestReporter reporter) throws Exception {
    ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<TestViewer> viewers = new ArrayList<>();
    try (Studio studio = new Studio(NegotiatorSettings.defaults(), List.of())) {
      for (int i = 0; i < VIEWERS; i++) {
        TestViewer viewer = new TestViewer(studio.transport, 96, 111);
        viewer.keepsNothing();
        viewers.add(viewer);
        studio.join(viewer);
      }
      long sender = studio.senderThreads.get(0).threadId();
      send(studio, 800);
      long best = Long.MAX_VALUE;
      // The compiler at work leaves a trace of a few kilobytes now and then.
      for (int attempt = 0; attempt < ATTEMPTS && best >= TRACE_BYTES; attempt++) {
        long packetsBefore = studio.stream.stats().packets();
        long bytesBefore = beans.getThreadAllocatedBytes(sender);
        long cpuBefore = beans.getThreadCpuTime(sender);
        send(studio, PICTURES);
        long cpu = beans.getThreadCpuTime(sender) - cpuBefore;
        long bytes = beans.getThreadAllocatedBytes(sender) - bytesBefore;
        long packets = studio.stream.stats().packets() - packetsBefore;
        assertTrue(packets >= 100_000, "packets: " + packets);
        best = Math.min(best, bytes);
        reporter.publishEntry("CPU of the sender for a packet, ns", Long.toString(cpu / packets));
        reporter.publishEntry("heap bytes for " + packets + " packets", Long.toString(bytes));
      }
      assertEquals(0, studio.stream.stats().dropped());
      assertEquals(0, studio.stream.stats().skipped());
      assertTrue(best < TRACE_BYTES, "allocated: " + best);
      viewers.forEach(TestViewer::close);
    }
  }

  private void send(Studio studio, int pictures) {
    try (AccessUnit keyframe = unit(studio, AccessUnit.Kind.KEYFRAME);
        AccessUnit delta = unit(studio, AccessUnit.Kind.DELTA)) {
      for (int i = 0; i < pictures; i++) {
        long expected = studio.stream.stats().packets() + 6L * VIEWERS;
        AccessUnit unit = i % 30 == 0 ? keyframe : delta;
        nextPtsNanos += 33_333_333L;
        // The units' bytes are lent: neither of these is closed.
        studio.stream.deliver(
            BEST, new AccessUnit(unit.codec(), unit.kind(), unit.data(), nextPtsNanos, 0));
        while (studio.stream.stats().packets() < expected) {
          LockSupport.parkNanos(50_000);
        }
      }
    }
  }

  private static AccessUnit unit(Studio studio, AccessUnit.Kind kind) {
    byte[] bytes = Units.counting(PICTURE_BYTES, kind == AccessUnit.Kind.KEYFRAME ? 0 : 1);
    return Units.of(studio.pool, Codec.VP8, kind, bytes, 0);
  }
}
