package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that authors with few readers are better pushed, and others better pulled. */
final class PushPullExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("push-pull",
			"A post that is pushed costs more CPU time the more followers its author has, a page of the home feed costs less "
					+ "if its authors are pushed, and if authors with many followers are pulled, posts of small authors arrive "
					+ "as soon as when nobody else posts.",
			"Posts of the author with most followers that are not dearer by a tenth when pushed, pages that are not cheaper "
					+ "by a tenth, or a 99th percentile of a small author's posts above 50 ms and three times that alone.",
			"all authors are pushed in each pass", new Claim.Effort("twenty minutes", "eleven minutes", "nothing"));

	private static final double DEARER = 1.1;

	private static final double CHEAPER = 0.9;

	private static final double SLOWER = 3;

	private static final double FAST_MILLIS = 50;

	private static final int READERS = 10;

	private static final int MAX_BUSY_SECONDS = 300;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public String reading() {
		return "The first chart has the CPU time of a post over the followers of its author, whose axis is logarithmic: it "
				+ "rises if each follower's timeline is written (push), and stays flat if the readers fetch the post (pull). "
				+ "Followers beyond the first ten were imported and never read, so that a push to them finds no timeline. "
				+ "The second chart has the CPU time of a page while all authors are pulled and while all are pushed. The "
				+ "third one is the crossover: an author whose followers read more pages for each post than the line shows is "
				+ "cheaper pushed, and one below it is cheaper pulled. The second table has the delay of a small author's "
				+ "posts while one with many followers posts.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		List<Integer> followers = run.quick() ? List.of(10, 100, 2_000) : List.of(10, 100, 1_000, 10_000);
		PushPullMembers members = new PushPullMembers(run.system(), followers, READERS);
		PushPullPasses passes = new PushPullPasses(run.system(), members, run.quick() ? 40 : 100, run.quick() ? 20 : 80,
				run.quick() ? 2 : 8);
		SmallAuthor small = new SmallAuthor(run);
		OwnInstances instances = new OwnInstances(run.system(), FeedInstance.SERVICE);
		// The instances that are measured begin with the events that this one has left.
		CpuMeter.awaitIdle(run.system().instances(FeedInstance.SERVICE).values(), MAX_BUSY_SECONDS);
		int all = followers.size();
		List<PushPullCost> costs = passes.measure(List.of(0, all, all, 0), run.planted());
		try (StoppedService stopped = new StoppedService(run.system(), FeedInstance.SERVICE)) {
			System.out.println("Stopped for the time of the measurement: " + stopped.instances());
			return findings(followers, costs, small.measure(instances));
		}
	}

	private static Findings findings(List<Integer> followers, List<PushPullCost> costs,
			List<SmallAuthor.Delays> delays) {
		PushPullCost pulled = PushPullCost.average(List.of(costs.get(0), costs.get(3)));
		PushPullCost pushed = PushPullCost.average(List.of(costs.get(1), costs.get(2)));
		int most = followers.size() - 1;
		double post = pushed.posts().get(most) / pulled.posts().get(most);
		double page = pushed.page() / pulled.page();
		SmallAuthor.Delays delay = delays.get(1);
		double limit = Math.max(FAST_MILLIS, SLOWER * delay.alone());
		List<Check> checks = List.of(
				new Check("a post to %,d followers costs %.2f times as much pushed as pulled, at least %.1f"
					.formatted(followers.get(most), post, DEARER), post >= DEARER),
				new Check("a page costs %.2f times as much, at most %.1f. %s".formatted(page, CHEAPER,
						pulled.crossover(pushed)), page <= CHEAPER),
				new Check("p99 of a small author's posts while a large one posts: %.1f ms, at most %.1f ms"
					.formatted(delay.during(), limit), delay.during() <= limit));
		Table delayTable = new Table(
				List.of("posts of a small author", "followers of the large author", "p99 ms alone",
						"p99 ms while the large author posts"),
				delays.stream().map(SmallAuthor.Delays::cells).toList());
		return new Findings(checks, List.of(PushPullPasses.table(costs), delayTable),
				charts(followers, pulled, pushed, costs), Map.of("costs", costs, "smallAuthor", delays));
	}

	private static List<String> charts(List<Integer> followers, PushPullCost pulled, PushPullCost pushed,
			List<PushPullCost> costs) {
		List<Integer> authors = IntStream.range(0, followers.size()).boxed().toList();
		Chart posts = new Chart("CPU time of a post over the followers of its author", "followers", "CPU ms",
				List.of(Chart.Line.of("pushed", authors, followers::get, pushed.posts()::get),
						Chart.Line.of("pulled", authors, followers::get, pulled.posts()::get)),
				true);
		Chart pages = new Chart("CPU time of a page of the home feed", "pass", "CPU ms",
				List.of(Chart.Line.inTurn("all authors pushed", costs.subList(1, 3), PushPullCost::page),
						Chart.Line.inTurn("all pulled", List.of(costs.get(0), costs.get(3)), PushPullCost::page)));
		if (!pulled.hasCrossover(pushed)) {
			return List.of(posts.svg(), pages.svg());
		}
		Chart crossover = new Chart("Crossover of push and pull", "followers", "pages a post", List.of(Chart.Line
			.of("equally expensive", authors, followers::get, (author) -> pulled.pagesPerPost(pushed, author))), true);
		return List.of(posts.svg(), pages.svg(), crossover.svg());
	}

}
