package dev.agora.measure;

import java.io.IOException;
import java.util.List;

import org.HdrHistogram.Histogram;

/** An author with one follower, whose posts are read while an author with many posts. */
final class SmallAuthor {

	/** Between the followers of the two authors. */
	private static final int PULL_FROM = 100;

	private static final int PUSH_ALL = 1_000_000;

	private static final int POSTS_PER_LARGE = 10;

	private final Experiment.Run run;

	private final FeedMember large;

	private final FeedMember small;

	private final FeedMember follower;

	private final int followers;

	SmallAuthor(Experiment.Run run) throws IOException, InterruptedException {
		this.run = run;
		String gateway = run.system().gatewayUrl();
		this.large = new FeedMember(gateway);
		this.small = new FeedMember(gateway);
		this.follower = new FeedMember(gateway);
		this.followers = run.quick() ? 2_000 : 20_000;
		this.follower.follow(this.small);
		new ImportedFollowers(run.system()).follow(this.large.handle(), this.followers);
	}

	/** Measures with the large author pushed, and with the large author pulled. */
	List<Delays> measure(OwnInstances instances) throws IOException, InterruptedException {
		return List.of(measure(instances, "all authors pushed", PUSH_ALL),
				measure(instances, "the large author pulled", this.run.planted() ? PUSH_ALL : PULL_FROM));
	}

	private Delays measure(OwnInstances instances, String name, int threshold)
			throws IOException, InterruptedException {
		int posts = this.run.quick() ? 40 : 200;
		try (FeedInstance measured = new FeedInstance(this.run.system(), instances, threshold)) {
			List.of(this.large, this.small, this.follower).forEach((member) -> member.use(measured.gateway()));
			this.large.requirePost();
			PostDelay.measure(this.small, this.follower, posts);
			Histogram alone = PostDelay.measure(this.small, this.follower, posts);
			Histogram during = new Histogram(3);
			for (int post = 0; post < posts; post += POSTS_PER_LARGE) {
				this.large.requirePost();
				during.add(PostDelay.measure(this.small, this.follower, POSTS_PER_LARGE));
			}
			Delays delays = new Delays(name, this.followers, millis(alone), millis(during));
			System.out.println("small author, " + String.join(", ", delays.cells()));
			return delays;
		}
	}

	private static double millis(Histogram delays) {
		return delays.getValueAtPercentile(99) / 1000.0;
	}

	/**
	 * The times from a post of the small author until the follower's feed has it.
	 *
	 * @param service how the large author's posts reach their readers
	 * @param followers the followers of the large author
	 * @param alone the 99th percentile in ms while nobody else posts
	 * @param during the 99th percentile in ms while the large author posts
	 */
	record Delays(String service, int followers, double alone, double during) {

		List<String> cells() {
			return List.of(this.service, String.valueOf(this.followers), "%.1f".formatted(this.alone),
					"%.1f".formatted(this.during));
		}

	}

}
