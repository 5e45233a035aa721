package dev.agora.measure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/** The time from a post until the home feed of a follower has it. */
final class PostDelay {

	private static final Duration ARRIVED = Duration.ofMinutes(1);

	private PostDelay() {
	}

	/** Measures posts, one after the other, in microseconds. */
	static Histogram measure(FeedMember author, FeedMember follower, int posts) throws InterruptedException {
		Histogram delays = new Histogram(3);
		for (int post = 0; post < posts; post++) {
			delays.recordValue(awaitPost(author, follower));
		}
		return delays;
	}

	private static long awaitPost(FeedMember author, FeedMember follower) throws InterruptedException {
		String id = author.requirePost();
		long start = System.nanoTime();
		while (!follower.newest().equals(id)) {
			if (System.nanoTime() - start > ARRIVED.toNanos()) {
				throw new Problem("A post did not reach the follower within %d s.".formatted(ARRIVED.toSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(1);
		}
		return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
	}

}
