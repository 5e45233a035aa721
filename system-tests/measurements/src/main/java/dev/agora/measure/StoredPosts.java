package dev.agora.measure;

import java.io.IOException;

/** Reads the posts of an author who has written few, and of one who has written many. */
final class StoredPosts {

	/** A page is full with these. */
	private static final int FEW = 30;

	private static final String PAGE = "/feed/members/%s?limit=20";

	private final Experiment.Run run;

	private final FeedMember quiet;

	private final FeedMember loud;

	private final FeedMember reader;

	private final ServiceMeters meters;

	/** Lets the authors post. */
	StoredPosts(Experiment.Run run) throws IOException, InterruptedException {
		this.run = run;
		this.quiet = new FeedMember(run.system().gatewayUrl());
		this.loud = new FeedMember(run.system().gatewayUrl());
		this.reader = new FeedMember(run.system().gatewayUrl());
		post(this.quiet, few());
		post(this.loud, many());
		System.out.printf("%d and %d posts written%n", few(), many());
		this.meters = ServiceMeters.calibrated(run.system().instances("feed-service").values(),
				ServiceMeters.storesOf(run.system(), "mongodb", "redis"), run.quick() ? 3 : 10);
	}

	int few() {
		return FEW;
	}

	int many() {
		return this.run.quick() ? 1_000 : 20_000;
	}

	private static void post(FeedMember author, int posts) throws InterruptedException {
		for (int post = 0; post < posts; post++) {
			author.requirePost();
		}
	}

	/** Measures pages of the author with few posts, and of the one with many. */
	Pairs<CpuCost> measure() throws IOException, InterruptedException {
		SteadyCost.await(this.run, "pages of an author", () -> read(this.quiet));
		return Pairs.measure(0, this.run.quick() ? 5 : 9, () -> read(this.quiet), () -> read(this.loud));
	}

	private CpuCost read(FeedMember author) throws IOException, InterruptedException {
		int pages = this.run.quick() ? 300 : 2_000;
		this.meters.start();
		for (int page = 0; page < pages; page++) {
			if (this.reader.send("GET", PAGE.formatted(author.id())) != 200) {
				throw new Problem("A page of an author could not be read.");
			}
		}
		return this.meters.stop(pages);
	}

}
