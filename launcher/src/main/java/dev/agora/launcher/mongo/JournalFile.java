package dev.agora.launcher.mongo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A file of records, each with its length and checksum. The file ends with a whole record
 * whatever happens: a failed append is cut off, and a torn one when the file is opened.
 */
final class JournalFile implements Closeable {

	private static final System.Logger LOG = System.getLogger(JournalFile.class.getName());

	private static final int HEADER_BYTES = 8;

	private final FileChannel channel;

	/** The end of the last record that is whole and synced. */
	private long end;

	JournalFile(FileChannel channel, long end) {
		this.channel = channel;
		this.end = end;
	}

	/**
	 * Reads the records of a file that was written earlier, and cuts off what follows the
	 * last whole one. Nothing behind it was confirmed to anybody.
	 */
	static JournalFile open(Path path, Consumer<Document> redo) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
		int end = replay(bytes, redo);
		FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
		if (end < bytes.limit()) {
			LOG.log(System.Logger.Level.WARNING, "{0} ends with a torn record, which was never confirmed: cut off"
					+ " {1,number,#} bytes after {2,number,#}.", path, bytes.limit() - end, end);
			channel.truncate(end);
			channel.force(true);
		}
		return new JournalFile(channel, end);
	}

	private static int replay(ByteBuffer bytes, Consumer<Document> redo) {
		while (bytes.remaining() > HEADER_BYTES) {
			int start = bytes.position();
			int length = bytes.getInt();
			int expected = bytes.getInt();
			if (length <= 0 || length > bytes.remaining() || check(bytes.slice().limit(length)) != expected) {
				return start;
			}
			redo.accept(DocumentType.readBson(bytes));
			bytes.position(start + HEADER_BYTES + length);
		}
		return bytes.position();
	}

	static JournalFile create(Path directory, String name) throws IOException {
		FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
		sync(directory);
		return new JournalFile(channel, 0);
	}

	/** Makes sure that names of files survive a power cut, where the system can. */
	private static void sync(Path directory) throws IOException {
		try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
			names.force(true);
		}
	}

	/** A record as it is in the file. */
	static ByteBuffer record(Document content) {
		ByteBuf bytes = Unpooled.buffer(512).writerIndex(HEADER_BYTES);
		BsonEncoder.encodeDocument(content, bytes);
		int length = bytes.writerIndex() - HEADER_BYTES;
		int check = check(bytes.nioBuffer(HEADER_BYTES, length));
		return bytes.setInt(0, length).setInt(4, check).nioBuffer();
	}

	private static int check(ByteBuffer bytes) {
		CRC32 check = new CRC32();
		check.update(bytes);
		return (int) check.getValue();
	}

	/** Returns once the records are on the disk; if that fails, none of them is. */
	void append(ByteBuffer records) throws IOException {
		try {
			long position = this.end;
			while (records.hasRemaining()) {
				position += this.channel.write(records, position);
			}
			this.channel.force(false);
			this.end = position;
		}
		catch (IOException ex) {
			this.channel.truncate(this.end);
			this.channel.force(true);
			throw ex;
		}
	}

	boolean isEmpty() {
		return this.end == 0;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
