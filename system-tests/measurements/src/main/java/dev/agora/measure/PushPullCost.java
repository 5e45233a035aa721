package dev.agora.measure;

import java.util.List;

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
