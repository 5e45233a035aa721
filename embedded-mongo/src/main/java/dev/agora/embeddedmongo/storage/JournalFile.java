package dev.agora.embeddedmongo.storage;

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
import org.jspecify.annotations.Nullable;

/**
 * A file of records, each with its length and checksum. The file always ends with a whole
 * record: a failed append is truncated at once, a torn record when the file is opened.
 */
final class JournalFile implements Closeable {

	private static final System.Logger LOG = System.getLogger(JournalFile.class.getName());

	private static final int HEADER_BYTES = 8;

	private final FileChannel channel;

	/** The end of the last record that is whole and synced. */
	private long end;

	private volatile @Nullable IOException undoFailure;

	JournalFile(FileChannel channel, long end) {
		this.channel = channel;
		this.end = end;
	}

	/**
	 * Opens an existing file, reads its records and truncates it after the last whole
	 * one. No client has received a confirmation of a later record.
	 */
	static JournalFile open(Path path, Consumer<Document> replay) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
		int end = replay(bytes, replay);
		FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
		if (end < bytes.limit()) {
			LOG.log(System.Logger.Level.WARNING, "{0} ends with a torn record, which was never confirmed:"
					+ " {1,number,#} bytes after {2,number,#} were removed.", path, bytes.limit() - end, end);
			channel.truncate(end);
			channel.force(true);
		}
		return new JournalFile(channel, end);
	}

	private static int replay(ByteBuffer bytes, Consumer<Document> replay) {
		while (bytes.remaining() > HEADER_BYTES) {
			int start = bytes.position();
			int length = bytes.getInt();
			int expected = bytes.getInt();
			if (length <= 0 || length > bytes.remaining() || checksum(bytes.slice().limit(length)) != expected) {
				return start;
			}
			replay.accept(DocumentType.readBson(bytes));
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

	/** Syncs the directory, so that names of new files survive a power cut. */
	private static void sync(Path directory) throws IOException {
		try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
			names.force(true);
		}
	}

	/** Encodes a record as it is stored in the file. */
	static ByteBuffer record(Document content) {
		ByteBuf bytes = Unpooled.buffer(512).writerIndex(HEADER_BYTES);
		BsonEncoder.encodeDocument(content, bytes);
		int length = bytes.writerIndex() - HEADER_BYTES;
		int checksum = checksum(bytes.nioBuffer(HEADER_BYTES, length));
		return bytes.setInt(0, length).setInt(4, checksum).nioBuffer();
	}

	private static int checksum(ByteBuffer bytes) {
		CRC32 crc = new CRC32();
		crc.update(bytes);
		return (int) crc.getValue();
	}

	/**
	 * Writes records and syncs the file. If that fails, the file contains none of them,
	 * unless {@link #requireUndone} says otherwise.
	 */
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
			undo(ex);
			throw ex;
		}
	}

	private void undo(IOException failure) {
		try {
			this.channel.truncate(this.end);
			this.channel.force(true);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
			this.undoFailure = ex;
		}
	}

	/**
	 * Requires that the last failed append was undone.
	 * @throws IOException if the file may contain records that were refused
	 */
	void requireUndone() throws IOException {
		if (this.undoFailure != null) {
			throw new IOException("Records that were refused may be in the journal", this.undoFailure);
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
