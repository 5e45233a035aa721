package dev.agora.measure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** Takes random steps as some members, until the steps of a round are used up. */
final class FeedClient implements Callable<Void> {

	private final List<FeedMember> own;

	private final List<FeedMember> all;

	private final SplittableRandom random;

	private final AtomicInteger remaining;

	private final Deque<String[]> posts = new ArrayDeque<>();

	/**
	 * Creates a client.
	 * @param own the members as whom it acts
	 * @param all the members whom these follow and block
	 * @param remaining the steps that are left for all clients of the round
	 */
	FeedClient(List<FeedMember> own, List<FeedMember> all, SplittableRandom random, AtomicInteger remaining) {
		this.own = own;
		this.all = all;
		this.random = random;
		this.remaining = remaining;
	}

	@Override
	public Void call() throws InterruptedException {
		while (this.remaining.getAndDecrement() > 0) {
			int index = this.random.nextInt(this.own.size());
			step(index, this.own.get(index), this.all.get(this.random.nextInt(this.all.size())).id());
		}
		return null;
	}

	private void step(int index, FeedMember member, String other) throws InterruptedException {
		int percent = this.random.nextInt(100);
		if (percent < 30) {
			post(index, member);
		}
		else if (percent < 36) {
			delete();
		}
		else if (percent < 56) {
			member.send("PUT", "/graph/following/" + other);
		}
		else if (percent < 66) {
			member.send("DELETE", "/graph/following/" + other);
		}
		else if (percent < 68) {
			member.send("PUT", "/graph/blocks/" + other);
		}
		else if (percent < 72) {
			member.send("DELETE", "/graph/blocks/" + other);
		}
		else {
			member.send("GET", "/feed?limit=" + (1 + this.random.nextInt(100)));
		}
	}

	private void post(int index, FeedMember member) throws InterruptedException {
		@Nullable String id = member.post();
		if (id != null) {
			this.posts.add(new String[] { String.valueOf(index), id });
		}
	}

	private void delete() throws InterruptedException {
		String @Nullable [] oldest = this.posts.poll();
		if (oldest != null) {
			this.own.get(Integer.parseInt(oldest[0])).send("DELETE", "/posts/" + oldest[1]);
		}
	}

}
