package dev.agora.launcher.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DaemonThreads;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.RandomToken;

/**
 * Lets other commands and the console control the launcher by HTTP, on this machine only:
 * {@code POST /TOKEN/processes/NAME/ACTION}. Only readers of the state file know the
 * token. A start may name the jar of another build by {@code ?jar=FILE}. The stop before
 * such a start may name the jar too, and is refused if the process cannot be started from
 * a jar.
 */
public final class ControlServer implements AutoCloseable {

	private final Supervisor supervisor;

	private final Clones clones;

	private final RedisFlush redis;

	private final HttpServer server;

	private final String root = "/" + RandomToken.create();

	/**
	 * Listens on a free port of 127.0.0.1.
	 * @param supervisor starts and stops the processes
	 * @param clones adds and removes instances
	 * @param redis deletes the keys of Redis
	 * @throws IOException if the server cannot listen
	 */
	public ControlServer(Supervisor supervisor, Clones clones, RedisFlush redis) throws IOException {
		this.supervisor = supervisor;
		this.clones = clones;
		this.redis = redis;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
		this.server.setExecutor(Executors.newCachedThreadPool(new DaemonThreads("control")));
		this.server.createContext(this.root + "/processes/", this::handle);
		this.server.start();
	}

	/**
	 * Returns the address of the server.
	 * @return the address with the token, as a URL
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + this.root;
	}

	private void handle(HttpExchange exchange) throws IOException {
		String[] path = exchange.getRequestURI().getPath().split("/", -1);
		boolean valid = path.length == 5 && exchange.getRequestMethod().equals("POST");
		try {
			respond(exchange, valid ? 200 : 404,
					valid ? execute(path[3], path[4], jar(exchange.getRequestURI())) : "There is no such action.");
		}
		catch (Problem ex) {
			respond(exchange, 409, String.valueOf(ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			respond(exchange, 503, "The launcher is being stopped.");
		}
	}

	private static @Nullable Path jar(URI request) {
		String query = request.getQuery();
		return (query != null && query.startsWith("jar=")) ? Path.of(query.substring("jar=".length())) : null;
	}

	private String execute(String name, String action, @Nullable Path jar) throws IOException, InterruptedException {
		switch (action) {
			case "start" -> {
				this.supervisor.restart(name, jar);
				return name + " is ready.";
			}
			case "stop" -> {
				this.supervisor.stop(name, jar);
				return name + " was stopped.";
			}
			case "kill" -> {
				this.supervisor.kill(name);
				return name + " was killed.";
			}
			case "pause", "resume" -> {
				this.supervisor.freeze(name, action.equals("pause"));
				return name + " was " + action + "d.";
			}
			default -> {
				return change(name, action);
			}
		}
	}

	/** Changes more than one process. */
	private String change(String name, String action) throws IOException, InterruptedException {
		switch (action) {
			case "clone" -> {
				return this.clones.add(name) + " is ready.";
			}
			case "remove" -> {
				this.clones.remove(name);
				return name + " was removed.";
			}
			case "flush" -> {
				return this.redis.flush(name);
			}
			default -> throw new Problem("There is no action " + action
					+ ". Choose start, stop, kill, pause, resume, clone, remove or flush.");
		}
	}

	private static void respond(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
