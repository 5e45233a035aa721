package dev.agora.measure.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A member whose post shows whether the system has kept its data. */
final class Witness {

	private static final int ATTEMPTS = 60;

	private final Api api;

	private final String name;

	/**
	 * Creates a member.
	 * @param gateway the address of the gateway
	 * @param name the member's handle
	 */
	Witness(String gateway, String name) {
		this.api = new Api(gateway);
		this.name = name;
	}

	/** Registers the member, who posts and sells a product. */
	void write() throws InterruptedException {
		Visitor visitor = Visitor.join(this.api, this.name);
		this.api.call("POST", "/posts", visitor.token(), "{\"text\":\"The post of %s\"}".formatted(this.name));
		System.out.println(this.name + " has posted");
	}

	/**
	 * Logs the member in, and looks for the post in the home feed and for the product.
	 */
	boolean read() throws InterruptedException {
		Visitor visitor = Visitor.logIn(this.api, this.name);
		boolean found = false;
		for (int attempt = 0; attempt < ATTEMPTS && !found; attempt++) {
			found = has("/feed", visitor, "The post of " + this.name)
					&& has("/products?seller=" + visitor.id(), visitor, "A thing of " + this.name);
			if (!found) {
				LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
			}
		}
		System.out.println(found ? "found: the post and the product of " + this.name
				: "lost: the post or the product of " + this.name);
		return found;
	}

	private boolean has(String path, Visitor visitor, String text) throws InterruptedException {
		return this.api.call("GET", path, visitor.token(), null).toString().contains(text);
	}

}
