/**
 * Imports of members from files, by operators. <pre>
 * upload   MemberImportController  > platform.imports
 * job      MemberImportHandler     > ImportedMembers: rows > member.BulkRegistrations > Handles, Members
 * </pre>
 */
@NullMarked
package dev.agora.session.imports;

import org.jspecify.annotations.NullMarked;
