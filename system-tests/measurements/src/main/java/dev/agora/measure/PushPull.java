package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures what a post and a page of the home feed cost while a growing share of the
 * authors is pushed, and names the crossover of push and pull.
 */
@Command(name = "push-pull",
		description = "Measure the CPU time of posts and of feed pages over the share of pushed authors. It stops "
				+ "feed-service of ./agora up for the time of the measurement.")
final class PushPull implements Callable<Integer> {

	private static final int WARM_UPS = 8;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--authors", defaultValue = "8", description = "Number of authors.")
	private int authors;

	@Option(names = "--readers", defaultValue = "80",
			description = "Number of readers. All follow the last author, fewer each of the others.")
	private int readers;

	@Option(names = "--posts", defaultValue = "20", description = "Posts of each author at each share.")
	private int posts;

	@Option(names = "--pages", defaultValue = "20", description = "Pages of each reader at each share.")
	private int pages;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = this.options.open();
		PushPullMembers members = new PushPullMembers(system,
				IntStream.rangeClosed(1, this.authors)
					.mapToObj((author) -> this.readers * author / this.authors)
					.toList(),
				this.readers);
		List<PushPullCost> costs = new PushPullPasses(system, members, this.posts, this.pages, WARM_UPS).measure(
				IntStream.iterate(0, (pushed) -> pushed <= this.authors, (pushed) -> pushed + 2).boxed().toList(),
				false);
		System.out.println(PushPullPasses.table(costs).markdown());
		System.out.println(costs.get(0).crossover(costs.get(costs.size() - 1)));
		return 0;
	}

}
