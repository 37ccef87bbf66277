package org.framecast.fuzz;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.framecast.rtc.GatheringState;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PeerConnection;
import org.framecast.rtc.RtcException;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.framecast.rtc.SessionDescription;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.SdpWriter;

/**
 * Broken offers through the real library, as the server hands them on: rebuilt, never as they came.
 * As a program: {@code NativeOffers INPUTS SEED LIBRARY}, for the build with AddressSanitizer.
 */
public final class NativeOffers {
  private final RtcLibrary library;
  private final int share;
  private long usable;
  private long answered;
  private long slowestNanos;

  /**
   * @param share one of so many usable offers goes to the library
   */
  NativeOffers(RtcLibrary library, int share) {
    this.library = library;
    this.share = share;
  }

  /** Runs so many inputs and says what was seen. */
  String run(int inputs, long seed) {
    try (OfferTarget target = new OfferTarget(this::offer)) {
      FuzzRun run = FuzzRun.of(target, inputs, seed);
      return "%s; %d through the library, %d answered, slowest %.1f ms"
          .formatted(run, usable / share, answered, slowestNanos / 1e6);
    }
  }

  long answered() {
    return answered;
  }

  private void offer(Offer offer) {
    if (++usable % share != 0) {
      return;
    }
    CountDownLatch gathered = new CountDownLatch(1);
    PeerConnection.Listener listener =
        new PeerConnection.Listener() {
          @Override
          public void gatheringStateChanged(PeerConnection peer, GatheringState state) {
            if (state == GatheringState.COMPLETE) {
              gathered.countDown();
            }
          }
        };
    long start = System.nanoTime();
    try (PeerConnection peer =
        PeerConnection.open(
            library, PeerConfiguration.standard().withBindAddress("127.0.0.1"), listener)) {
      peer.setRemoteDescription(SessionDescription.offer(SdpWriter.libraryOffer(offer)));
      peer.setLocalDescription(org.framecast.rtc.SdpType.ANSWER);
      if (gathered.await(5, TimeUnit.SECONDS) && peer.localDescription().isPresent()) {
        answered++;
      }
    } catch (RtcException e) {
      // A refusal is an answer too.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
    }
  }

  public static void main(String[] args) {
    RtcOptions options =
        RtcOptions.of(Thread.ofPlatform().daemon().name("fuzz-", 0).factory())
            .withLibrary(Path.of(args[2]));
    try (RtcLibrary library = RtcLibrary.open(options)) {
      NativeOffers offers = new NativeOffers(library, 1);
      System.out.println(
          "fuzz: offers through "
              + args[2]
              + ": "
              + offers.run(Integer.parseInt(args[0]), Long.parseLong(args[1])));
    }
  }
}
