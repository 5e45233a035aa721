package dev.agora.platform.imports.upload;

/**
 * A file that was uploaded.
 *
 * @param id the id of the upload, the beginning of the ids of its chunks
 * @param chunks the number of chunks
 * @param bytes the length of the file
 * @param lines the number of lines, the last of which may lack its end
 * @param digest the SHA-256 of the file, 64 hex digits
 */
public record Upload(String id, int chunks, long bytes, long lines, String digest) {
}
