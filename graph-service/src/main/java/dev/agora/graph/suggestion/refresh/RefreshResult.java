package dev.agora.graph.suggestion.refresh;

/**
 * The result of the job, and the checkpoint of its runs.
 *
 * @param computed the number of lists that were computed
 * @param inactive the number of lists that are no longer kept up to date
 * @param failed the number of lists that could not be computed now
 */
public record RefreshResult(long computed, long inactive, long failed) {

	static final RefreshResult NONE = new RefreshResult(0, 0, 0);

	static final RefreshResult COMPUTED = new RefreshResult(1, 0, 0);

	static final RefreshResult INACTIVE = new RefreshResult(0, 1, 0);

	static final RefreshResult FAILED = new RefreshResult(0, 0, 1);

	RefreshResult plus(RefreshResult other) {
		return new RefreshResult(this.computed + other.computed, this.inactive + other.inactive,
				this.failed + other.failed);
	}

	long total() {
		return this.computed + this.inactive + this.failed;
	}

}
