package dev.agora.measure;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

import dev.agora.measure.HistoryWorld.Author;
import dev.agora.measure.HistoryWorld.Seller;
import dev.agora.measure.history.Level;
import dev.agora.measure.history.Read;
import dev.agora.measure.history.Write;

/**
 * A client that changes the products and the name of a seller, follows and unfollows an
 * author, and reads all of this at every level, with its own token or one that another
 * client has handed on.
 */
final class HistoryClient implements Callable<Void> {

	private static final String PRODUCT = """
			{"title": "%s", "category": "measure", "stock": 1, "price": {"amount": 1.00, "currency": "EUR"}}""";

	private final ApiClient api;

	private final HistoryWorld world;

	private final ReplayedReads reads;

	private final SplittableRandom random;

	private final BooleanSupplier next;

	private final Seller seller;

	private final FollowHistory follow;

	private SeenToken own = SeenToken.NONE;

	/**
	 * Creates a client.
	 * @param reads sends the reads
	 * @param next takes an operation of the run; false if there is none left
	 */
	HistoryClient(HistoryWorld world, ApiClient api, ReplayedReads reads, SplittableRandom random, BooleanSupplier next)
			throws IOException, InterruptedException {
		this.world = world;
		this.api = api;
		this.reads = reads;
		this.random = random;
		this.next = next;
		this.seller = pick(world.sellers());
		Author author = world.newAuthor();
		this.follow = new FollowHistory(author.id(), author.post());
	}

	@Override
	public Void call() throws InterruptedException {
		while (this.next.getAsBoolean()) {
			int percent = this.random.nextInt(100);
			if (percent < 12) {
				changeProduct(pick(this.seller.products()));
			}
			else if (percent < 16) {
				rename();
			}
			else if (percent < 22) {
				followOrUnfollow();
			}
			else if (percent < 32) {
				readFeed();
			}
			else {
				read(pick(pick(this.world.sellers()).products()));
			}
		}
		return null;
	}

	private void changeProduct(String path) throws InterruptedException {
		String title = this.world.newValue();
		Answer answer = this.api
			.send(write(path).PUT(BodyPublishers.ofString(PRODUCT.formatted(title))).header("If-Match", "*"));
		note(path, title, answer);
	}

	private void rename() throws InterruptedException {
		String name = this.world.newValue();
		Answer answer = this.api
			.send(write("/members/me").method("PATCH", BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
				.header("If-Match", "*"));
		if (answer.isOk()) {
			this.world.names.put(name, answer.version());
		}
		note(this.seller.path(), name, answer);
	}

	private void note(String register, String value, Answer answer) {
		if (answer.isOk()) {
			this.world.history.add(new Write(register, value, answer.version(), answer.start(), answer.end()));
			saw(answer.token(), register, answer.version());
		}
		else if (answer.isDoubtful()) {
			this.world.history.add(new Write(register, value, 0, answer.start(), Write.UNKNOWN));
		}
	}

	private void followOrUnfollow() throws InterruptedException {
		HttpRequest.Builder request = write("/graph/following/" + this.follow.author());
		Answer answer = this.api
			.send(this.follow.isNextAFollow() ? request.PUT(BodyPublishers.noBody()) : request.DELETE());
		this.follow.changed(answer);
		if (answer.isOk()) {
			saw(answer.token(), this.follow.register(), this.follow.version());
		}
	}

	private void saw(String token, String register, long version) {
		this.own = this.own.after(token, register, version);
		if (this.random.nextInt(10) == 0) {
			this.world.handed = this.own;
		}
	}

	/** A follow reaches the feed by an event, so only its token says what it shows. */
	private void readFeed() throws InterruptedException {
		Level level = this.random.nextBoolean() ? Level.SESSION : Level.STRONG;
		Answer answer = this.api.send(read("/feed?limit=100", level, this.own));
		this.world.history
			.add(new Read(this.follow.register(), Level.SESSION, answer.start(), answer.end(), answer.status(), "",
					answer.isOk() ? this.follow.versionOf(answer) : 0, -1, this.own.seen(this.follow.register())));
	}

	private void read(String product) throws InterruptedException {
		Level level = pick(List.of(Level.values()));
		SeenToken token = (this.random.nextInt(5) == 0) ? this.world.handed : this.own;
		if (this.random.nextInt(6) == 0) {
			read(this.seller.path(), level, token, "name");
			return;
		}
		Answer answer = read(product, level, token, "title");
		if (answer.isOk() && level != Level.EVENTUAL) {
			addSeller(answer, token);
		}
	}

	private Answer read(String path, Level level, SeenToken token, String field) throws InterruptedException {
		Answer answer = this.reads.send(level, path, read(path, level, token));
		if (!answer.isLimited()) {
			this.world.history.add(new Read(path, level, answer.start(), answer.end(), answer.status(),
					answer.body().path(field).asString(""), answer.isOk() ? answer.version() : 0, answer.age(),
					token.seen(path)));
		}
		return answer;
	}

	/** A product shows the name of its seller, which reaches it by an event. */
	private void addSeller(Answer product, SeenToken token) {
		String path = "/members/" + product.body().at("/seller/id").asString();
		String name = product.body().at("/seller/name").asString();
		this.world.history.add(new Read("name in products of " + path, Level.SESSION, product.start(), product.end(),
				product.status(), name, this.world.names.getOrDefault(name, 0L), -1, token.seen(path)));
	}

	private HttpRequest.Builder read(String path, Level level, SeenToken token) {
		HttpRequest.Builder request = this.api.to(path)
			.header("Consistency", level.header())
			.header("Authorization", this.seller.authorization());
		return (token.text() != null) ? request.header("Consistency-Token", token.text()) : request;
	}

	private HttpRequest.Builder write(String path) {
		return read(path, Level.SESSION, this.own);
	}

	private <T> T pick(List<T> all) {
		return all.get(this.random.nextInt(all.size()));
	}

}
