package dev.agora.platform.consistency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import dev.agora.platform.problem.InvalidRequest;

/**
 * Writes tokens as Base64url of: the version of the form, the topics, and a checksum that
 * recognises a damaged token. A topic has its name, the time up to which writes are not
 * listed, and the listed writes.
 */
public final class TokenCodec {

	/** The longest text of a token. */
	static final int MAX_LENGTH = 1000;

	static final String FORM = "must be the value that a response had";

	private static final int VERSION = 1;

	private static final int CHECKSUM_BYTES = 4;

	private static final int MAX_BYTES = MAX_LENGTH / 4 * 3;

	/**
	 * More topics than there are. So many names, and those of the service's own topics,
	 * always fit into a token.
	 */
	static final int MAX_TOPICS = 10;

	private static final int MAX_TOKENS = 8;

	private static final Pattern TOPIC = Pattern.compile("[a-z]{1,12}\\.[a-z-]{1,16}\\.v[0-9]");

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9.:_-]{1,100}");

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private TokenCodec() {
	}

	/**
	 * Writes a token; if it is too long, the times of its oldest writes remain. It never
	 * fails, since it is called after the writes of a request.
	 */
	public static String encode(ConsistencyToken token) {
		byte[] bytes = toBytes(token);
		ConsistencyToken shorter = token.withoutOldest();
		return (bytes.length <= MAX_BYTES || shorter.equals(token)) ? ENCODER.encodeToString(bytes) : encode(shorter);
	}

	/**
	 * Parses the header. Requests that ran at the same time have given the client several
	 * tokens, which it sends as a list or in several headers.
	 * @throws InvalidRequest if a token is malformed or too long, or if there are too
	 * many
	 */
	public static ConsistencyToken parse(List<String> headers) {
		List<String> tokens = headers.stream()
			.flatMap((header) -> Arrays.stream(header.split(",", -1)))
			.map(String::strip)
			.toList();
		if (tokens.size() > MAX_TOKENS) {
			throw invalid("must have at most " + MAX_TOKENS + " tokens");
		}
		ConsistencyToken merged = tokens.stream()
			.map(TokenCodec::decode)
			.reduce(ConsistencyToken.NONE, ConsistencyToken::merge);
		if (merged.size() > MAX_TOPICS) {
			throw invalid(FORM);
		}
		return merged;
	}

	static ConsistencyToken decode(String text) {
		if (text.length() > MAX_LENGTH) {
			throw invalid("must have at most " + MAX_LENGTH + " characters");
		}
		try {
			return read(Base64.getUrlDecoder().decode(text));
		}
		catch (IllegalArgumentException | IOException ex) {
			throw invalid(FORM);
		}
	}

	private static byte[] toBytes(ConsistencyToken token) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(VERSION);
			out.writeByte(token.entries().size());
			for (Map.Entry<String, SeenWrites> topic : token.entries()) {
				out.writeUTF(topic.getKey());
				write(topic.getValue(), out);
			}
			out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void write(SeenWrites writes, DataOutputStream out) throws IOException {
		out.writeLong(writes.until());
		out.writeShort(writes.latest().size());
		for (SeenWrite write : writes.latest()) {
			out.writeUTF(write.id());
			out.writeLong(write.version());
			out.writeLong(write.time());
			out.writeShort(write.type());
		}
	}

	private static ConsistencyToken read(byte[] bytes) throws IOException {
		int length = bytes.length - CHECKSUM_BYTES;
		if (length < 0) {
			throw new IOException("too short");
		}
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		if (in.readByte() != VERSION) {
			throw new IOException("unknown version");
		}
		Map<String, SeenWrites> topics = new TreeMap<>();
		for (int remaining = in.readUnsignedByte(); remaining > 0; remaining--) {
			topics.put(name(in, TOPIC), SeenWrites.of(positive(in.readLong()), writes(in)));
		}
		if (in.readInt() != checksum(bytes, length) || in.read() >= 0 || topics.size() > MAX_TOPICS) {
			throw new IOException("damaged");
		}
		return new ConsistencyToken(topics);
	}

	private static List<SeenWrite> writes(DataInputStream in) throws IOException {
		List<SeenWrite> writes = new ArrayList<>();
		for (int remaining = in.readUnsignedShort(); remaining > 0; remaining--) {
			writes.add(new SeenWrite(name(in, ID), positive(in.readLong()), positive(in.readLong()), in.readShort()));
		}
		return writes;
	}

	private static String name(DataInputStream in, Pattern form) throws IOException {
		String name = in.readUTF();
		if (!form.matcher(name).matches()) {
			throw new IOException("no name");
		}
		return name;
	}

	private static long positive(long number) throws IOException {
		if (number < 0) {
			throw new IOException("negative");
		}
		return number;
	}

	private static int checksum(byte[] bytes, int length) {
		CRC32C checksum = new CRC32C();
		checksum.update(Arrays.copyOf(bytes, length));
		return (int) checksum.getValue();
	}

	private static InvalidRequest invalid(String message) {
		return InvalidRequest.field(ConsistencyToken.HEADER, message);
	}

}
