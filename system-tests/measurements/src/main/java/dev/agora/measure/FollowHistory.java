package dev.agora.measure;

import java.time.Duration;

import dev.agora.measure.history.Write;

/**
 * The follows of one client: each change of the follow has a number. The feed shows
 * whether it has an odd number, so it shows the last change or an older one.
 */
final class FollowHistory {

	/** No request takes effect so long after it was sent. */
	private static final long DOUBT = Duration.ofSeconds(60).toNanos();

	private final String author;

	private final String post;

	private long version;

	private long doubtfulSince = Write.UNKNOWN;

	/**
	 * Creates the history of a follow that has not started.
	 * @param post the only post of the author
	 */
	FollowHistory(String author, String post) {
		this.author = author;
		this.post = post;
	}

	String author() {
		return this.author;
	}

	String register() {
		return "follow of " + this.author;
	}

	/** Returns the number of the last acknowledged change. */
	long version() {
		return this.version;
	}

	boolean isNextAFollow() {
		return this.version % 2 == 0;
	}

	/** Notes the response to the next change. */
	void changed(Answer answer) {
		if (answer.isOk()) {
			this.version++;
		}
		else if (answer.isDoubtful()) {
			this.doubtfulSince = answer.start();
		}
	}

	/**
	 * Returns the newest change that a page of the feed agrees with; 0 if changes without
	 * a response make that unknown.
	 */
	long versionOf(Answer feed) {
		boolean shown = feed.body()
			.path("items")
			.valueStream()
			.anyMatch((item) -> item.path("id").asString().equals(this.post));
		if (this.doubtfulSince != Write.UNKNOWN && feed.start() - this.doubtfulSince < DOUBT) {
			return 0;
		}
		return (shown == (this.version % 2 == 1)) ? this.version : this.version - 1;
	}

}
