import { missing, notFound } from './errors.js';
import type { Json, Note, Workspace } from './workspace.js';

type Noted = { id: string; notes: Note[]; updated_at: number };

/** Notes are never changed or deleted. */
export function addNote(w: Workspace, on: 'contact' | 'company', object: Noted, body: Json): Json {
  if (typeof body.body !== 'string' || !body.body) throw missing('body');
  if (body.admin_id && !w.admin(body.admin_id)) throw notFound('Resource');
  const html = body.body.trimStart().startsWith('<') ? body.body : `<p>${body.body}</p>`;
  const note = { id: w.id(), body: html, admin_id: body.admin_id ? String(body.admin_id) : null, created_at: w.now() };
  object.notes.unshift(note);
  w.touch(object);
  return view(on, object, note);
}

const view = (on: 'contact' | 'company', object: Noted, note: Note): Json => ({
  type: 'note',
  id: note.id,
  created_at: note.created_at,
  [on]: { type: on, id: object.id },
  author: note.admin_id ? { type: 'admin', id: note.admin_id } : null,
  body: note.body,
});

export function listNotes(on: 'contact' | 'company', object: Noted, query: URLSearchParams): Json {
  const perPage = Math.min(150, Number(query.get('per_page') ?? 50) || 50);
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  return {
    type: 'list',
    data: object.notes.slice((page - 1) * perPage, page * perPage).map(note => view(on, object, note)),
    total_count: object.notes.length,
    pages: { type: 'pages', page, per_page: perPage, total_pages: Math.ceil(object.notes.length / perPage) },
  };
}
