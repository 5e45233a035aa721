package dev.agora.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The cost of posts and pages.
 *
 * @param share the share of the authors who are pushed
 * @param posts the CPU time of a post with its fan-out in ms, by author; the next one has
 * more followers
 * @param page the CPU time of a page in ms
 */
record PushPullCost(double share, List<Double> posts, double page) {

	/** Returns the CPU time of a post of the authors on average in ms. */
	double post() {
		return this.posts.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}

	/** Whether posts and pages cost nearly the same. */
	boolean isCloseTo(PushPullCost other, double part) {
		return Math.abs(post() / other.post() - 1) < part && Math.abs(this.page / other.page - 1) < part;
	}

	/** Returns the average of measurements of the same share. */
	static PushPullCost average(List<PushPullCost> costs) {
		List<Double> posts = IntStream.range(0, costs.get(0).posts.size())
			.mapToObj((author) -> costs.stream().mapToDouble((cost) -> cost.posts.get(author)).average().orElseThrow())
			.toList();
		return new PushPullCost(costs.get(0).share, posts,
				costs.stream().mapToDouble(PushPullCost::page).average().orElseThrow());
	}

	/**
	 * Returns the pages a post of an author from which on it costs less to push the
	 * author, each of whom adds equally to the cost of a page while all are pulled.
	 */
	double pagesPerPost(PushPullCost pushed, int author) {
		return Math.max(0, pushed.posts.get(author) - this.posts.get(author)) * this.posts.size()
				/ (this.page - pushed.page);
	}

	/** Compares this cost, of pulled authors alone, with that of pushed ones. */
	String crossover(PushPullCost pushed) {
		return hasCrossover(pushed)
				? "Crossover: to push is cheaper from %.1f pages a post on.".formatted(pagesPerPost(pushed))
				: "No crossover: one of the two is cheaper for both posts and pages.";
	}

	/** Whether pushed authors cost more for posts and less for pages. */
	boolean hasCrossover(PushPullCost pushed) {
		return pushed.post() > post() && pushed.page < this.page;
	}

	/** Returns the number of pages a post from which on pushed authors cost less. */
	double pagesPerPost(PushPullCost pushed) {
		return (pushed.post() - post()) / (this.page - pushed.page);
	}

}
