package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Authors with more and more followers, and the readers who follow them. */
final class PushPullMembers {

	private final List<FeedMember> authors = new ArrayList<>();

	private final List<FeedMember> readers = new ArrayList<>();

	private final List<Integer> followers;

	/**
	 * Registers the members. Authors with more followers than there are readers get
	 * imported ones, who never read.
	 * @param followers the followers of each author, in ascending order
	 */
	PushPullMembers(RunningSystem system, List<Integer> followers, int readers)
			throws IOException, InterruptedException {
		String gateway = system.gatewayUrl();
		this.followers = followers;
		ImportedFollowers imported = new ImportedFollowers(system);
		for (int number : followers) {
			FeedMember author = new FeedMember(gateway);
			this.authors.add(author);
			imported.follow(author.handle(), number - readers);
		}
		for (int reader = 0; reader < readers; reader++) {
			this.readers.add(new FeedMember(gateway));
		}
		for (int author = 0; author < followers.size(); author++) {
			for (FeedMember follower : this.readers.subList(0, Math.min(readers, followersOf(author)))) {
				follower.follow(this.authors.get(author));
			}
		}
	}

	int authors() {
		return this.authors.size();
	}

	int readers() {
		return this.readers.size();
	}

	int followersOf(int author) {
		return this.followers.get(author);
	}

	/** Sends the next requests to another gateway. */
	void use(String gateway) {
		this.authors.forEach((author) -> author.use(gateway));
		this.readers.forEach((reader) -> reader.use(gateway));
	}

	/** Lets an author post. */
	void post(int author, int times) throws InterruptedException {
		for (int time = 0; time < times; time++) {
			this.authors.get(author).requirePost();
		}
	}

	/** Returns the keys of the readers' timelines in Redis. */
	String[] timelines() {
		return this.readers.stream().map((reader) -> "feed:timeline:v1:{" + reader.id() + "}").toArray(String[]::new);
	}

	/** Lets each reader read the first page of the home feed. */
	void read(int times) throws InterruptedException {
		for (int time = 0; time < times; time++) {
			for (FeedMember reader : this.readers) {
				if (reader.send("GET", "/feed?limit=20") != 200) {
					throw new Problem("A page could not be read.");
				}
			}
		}
	}

}
