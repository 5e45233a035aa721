/**
 * Exports of what the services hold about a member. One service runs the export; each of
 * them, this one included, answers its request by an event with a part. <pre>
 * request  feed.exports.v1                ExportRequestListener > a job of this service
 * job      ExportPartHandler > ExportSource: records > TextChunks > ExportPartPublisher
 * reply    &lt;service&gt;.export-parts.v1      chunks, and at last their number
 * </pre>
 */
@NullMarked
package dev.agora.platform.exports;

import org.jspecify.annotations.NullMarked;
