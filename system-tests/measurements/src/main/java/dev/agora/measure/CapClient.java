package dev.agora.measure;

import java.net.http.HttpRequest;

import dev.agora.measure.history.Level;

/** Reads and writes one object. */
abstract class CapClient {

	final ApiClient api;

	SeenToken token = SeenToken.NONE;

	private final CapReader reader;

	CapClient(ApiClient api, CapReader reader) {
		this.api = api;
		this.reader = reader;
	}

	final Level level() {
		return this.reader.level();
	}

	abstract String object();

	abstract void write() throws InterruptedException;

	abstract Answer read() throws InterruptedException;

	abstract boolean isNewest(Answer answer);

	final HttpRequest.Builder to(String path) {
		HttpRequest.Builder request = this.api.to(path).header("Authorization", this.reader.authorization());
		return (this.token.text() != null && this.reader.tokens())
				? request.header("Consistency-Token", this.token.text()) : request;
	}

}
