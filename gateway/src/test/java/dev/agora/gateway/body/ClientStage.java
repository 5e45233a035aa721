package dev.agora.gateway.body;

/** The progress of a request and its response when the client ends it. */
enum ClientStage {

	CONNECTED(""),

	IN_HEAD("POST /api/v1/products HTTP/1.1\r\nHost: loc"),

	HEAD_SENT("POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n"),

	IN_BODY("POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n" + "x".repeat(60_000)),

	IN_CHUNK(ClientStage.BROKEN_CHUNK),

	BEHIND_CHUNK(ClientStage.BROKEN_CHUNK + "lo\r\n"),

	BEFORE_RESPONSE_TO_A_WRITE("POST /api/v1/products/held HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"),

	BEFORE_RESPONSE_TO_A_READ("GET /api/v1/products/held HTTP/1.1\r\nHost: localhost\r\n\r\n"),

	IN_RESPONSE_TO_A_WRITE("POST /api/v1/products/large HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"),

	IN_RESPONSE_TO_A_READ("GET /api/v1/products/large HTTP/1.1\r\nHost: localhost\r\n\r\n"),

	AFTER_RESPONSE("POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");

	/** A request whose body breaks off within a chunk. */
	static final String BROKEN_CHUNK = "PUT /api/v1/products/1 HTTP/1.1\r\nHost: localhost\r\n"
			+ "Transfer-Encoding: chunked\r\n\r\n5\r\nhel";

	final String sent;

	ClientStage(String sent) {
		this.sent = sent;
	}

	boolean isAnswered() {
		return this.compareTo(IN_RESPONSE_TO_A_WRITE) >= 0;
	}

	boolean reachesAnInstance() {
		return this.compareTo(BEFORE_RESPONSE_TO_A_WRITE) >= 0;
	}

	boolean waitsForABody() {
		return this.compareTo(HEAD_SENT) >= 0 && !reachesAnInstance();
	}

}
