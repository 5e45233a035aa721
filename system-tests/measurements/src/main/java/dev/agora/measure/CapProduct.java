package dev.agora.measure;

import java.net.http.HttpRequest.BodyPublishers;

/** Changes and reads a product. */
final class CapProduct extends CapClient {

	private final String path;

	private int changes;

	CapProduct(ApiClient api, CapReader reader, String path) {
		super(api, reader);
		this.path = path;
	}

	@Override
	String object() {
		return "product";
	}

	@Override
	void write() throws InterruptedException {
		String body = """
				{"title": "Change %d", "category": "measure", "stock": 1,
				 "price": {"amount": 1.00, "currency": "EUR"}}""".formatted(this.changes++);
		Answer answer = this.api.send(to(this.path).PUT(BodyPublishers.ofString(body)).header("If-Match", "*"));
		if (answer.isOk()) {
			this.token = this.token.after(answer.token(), this.path, answer.version());
		}
	}

	@Override
	Answer read() throws InterruptedException {
		return this.api.send(to(this.path).header("Consistency", level().header()));
	}

	@Override
	boolean isNewest(Answer answer) {
		return answer.version() >= this.token.seen(this.path);
	}

}
