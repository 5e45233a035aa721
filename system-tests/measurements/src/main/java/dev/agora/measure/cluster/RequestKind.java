package dev.agora.measure.cluster;

import java.util.SplittableRandom;

/** The kinds of requests of a load, which use every service. */
enum RequestKind {

	HOME_FEED(30, "GET", 200, "/feed"), AUTHOR_FEED(15, "GET", 200, "/feed/members/{member}"),
	PRODUCT(20, "GET", 200, "/products/{product}"), GRAPH(15, "GET", 200, "/graph/members/{member}"),
	ACCOUNT(10, "GET", 200, "/members/me"), POST(7, "POST", 201, "/posts"),
	FOLLOW(3, "PUT", 204, "/graph/following/{member}");

	private final int percent;

	private final String method;

	private final int status;

	private final String path;

	RequestKind(int percent, String method, int status, String path) {
		this.percent = percent;
		this.method = method;
		this.status = status;
		this.path = path;
	}

	static RequestKind choose(SplittableRandom random) {
		int left = random.nextInt(100);
		for (RequestKind kind : values()) {
			left -= kind.percent;
			if (left < 0) {
				return kind;
			}
		}
		throw new IllegalStateException("The shares of the requests are less than 100 %.");
	}

	String method() {
		return this.method;
	}

	/** The status of a successful response. */
	int status() {
		return this.status;
	}

	/** The path of a request that concerns a member. */
	String path(Visitor other) {
		return this.path.replace("{member}", other.id()).replace("{product}", other.product());
	}

}
