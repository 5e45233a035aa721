package dev.agora.measure;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Follows and unfollows an author, and reads the feed. */
final class CapFeed extends CapClient {

	private final FollowHistory follow;

	CapFeed(ApiClient api, CapReader reader, FollowHistory follow) {
		super(api, reader);
		this.follow = follow;
	}

	@Override
	String object() {
		return "feed";
	}

	@Override
	void write() throws InterruptedException {
		HttpRequest.Builder request = to("/graph/following/" + this.follow.author());
		Answer answer = this.api
			.send(this.follow.isNextAFollow() ? request.PUT(BodyPublishers.noBody()) : request.DELETE());
		this.follow.changed(answer);
		if (answer.isOk()) {
			this.token = this.token.after(answer.token(), this.follow.register(), this.follow.version());
		}
	}

	@Override
	Answer read() throws InterruptedException {
		return this.api.send(to("/feed?limit=100").header("Consistency", level().header()));
	}

	/** The state after a change without a response is unknown. */
	@Override
	boolean isNewest(Answer answer) {
		long shown = this.follow.versionOf(answer);
		return shown == 0 || shown >= this.token.seen(this.follow.register());
	}

}
