import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fuse, { type IFuseOptions } from 'fuse.js';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { foldText } from './folding.ts';
import { KnowledgeError } from './knowledgeError.ts';

/** One section of the guide, as support staff wrote it. */
export interface Article {
  /** 1 to 8, as in the guide. */
  section: number;
  title: string;
  /** The intent that the section answers. */
  intent: string;
  questions: string[];
  text: string;
}

export interface Found {
  article: Article;
  /** 0 (nothing in common) to 1 (the very words, and surely the subject). */
  score: number;
}

const FrontMatter = z.strictObject({
  section: z.int().min(1),
  title: z.string().min(1),
  intent: z.string().min(1),
  questions: z.array(z.string().min(1)).min(1),
});

/** Fuse's cost grows with the length of the query; a question that needs more words than this is not one. */
const LONGEST_QUERY = 120;

/** What the words weigh in a score; the rest is the intent's. */
const WORDS = 0.65;

/** The guide, read once at start and searched by words. It answers from its articles and from nothing else. */
export class Guide {
  readonly articles: readonly Article[];
  private readonly index: Fuse<{ article: Article; words: string }>;

  constructor(articles: readonly Article[]) {
    this.articles = articles;
    const entries = articles.flatMap((article) =>
      [article.title, ...article.questions, ...sentences(article.text)].map((line) => ({
        article,
        words: foldText(line),
      })),
    );
    const options: IFuseOptions<(typeof entries)[number]> = {
      keys: ['words'],
      includeScore: true,
      ignoreLocation: true,
      threshold: 0.6,
      minMatchCharLength: 3,
    };
    this.index = new Fuse(entries, options);
  }

  /**
   * The articles that speak of the question, best first, each once: by its words and, where the caller knows them, by the
   * intents that it may have.
   */
  search(question: string, intents: readonly { intent: string; confidence: number }[] = []): Found[] {
    const words = contentWords(question);
    if (words.length === 0) return [];
    const inCommon = this.wordsInCommon(words);
    return this.articles
      .map((article) => {
        const likely = intents.find(({ intent }) => intent === article.intent)?.confidence ?? 0;
        return { article, score: WORDS * (inCommon.get(article) ?? 0) + (1 - WORDS) * likely };
      })
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.article.section - b.article.section);
  }

  /** For each article how well its best sentences fit the words, 0 to 1. */
  private wordsInCommon(words: readonly string[]): Map<Article, number> {
    const scores = new Map<Article, number>();
    for (const word of words) {
      const best = new Map<Article, number>();
      for (const { item, score } of this.index.search(word)) {
        best.set(item.article, Math.max(best.get(item.article) ?? 0, 1 - (score ?? 1)));
      }
      for (const [article, score] of best)
        scores.set(article, (scores.get(article) ?? 0) + score / words.length);
    }
    return scores;
  }

  ofSection(section: number): Article | undefined {
    return this.articles.find((article) => article.section === section);
  }
}

const STOP_WORDS = new Set(
  'a au aux avec ce ces cette comment dans de des du elle en est et etre faire faut il ils je j la le les leur l ma mais me mes mon n ne nos notre nous on ou par pas plus pour qu que quel quelle quels quelles qui quoi s sa se ses si son sur ta te tes ton tu un une vos votre vous y ai as avez ont suis sont puis peut peux bonjour svp merci cela ca c d t m est-ce'.split(
    ' ',
  ),
);

function contentWords(question: string): string[] {
  return foldText(question)
    .slice(0, LONGEST_QUERY)
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2 && !STOP_WORDS.has(word));
}

function sentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/).filter(Boolean);
}

/**
 * Reads the guide: one Markdown file a section, with front matter (section, title, intent, questions).
 * @throws KnowledgeError that names file, line and reason.
 */
export function loadGuide(folder: string): Guide {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort();
  if (files.length === 0)
    throw new KnowledgeError(folder, 1, 'holds no .md file; the guide needs one for each section');
  const articles = files.map((name) => readArticle(join(folder, name)));
  for (const [i, article] of articles.entries()) {
    const twin = articles.findIndex((other) => other.section === article.section);
    if (twin !== i) {
      throw new KnowledgeError(
        join(folder, files[i]!),
        2,
        `section ${article.section} is already in ${files[twin]}`,
      );
    }
  }
  return new Guide(articles.sort((a, b) => a.section - b.section));
}

function readArticle(file: string): Article {
  const source = readFileSync(file, 'utf8').replace(/\r\n/g, '\n');
  const parts = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(source);
  if (!parts) throw new KnowledgeError(file, 1, 'must begin with front matter between two lines of ---');
  const document = parseDocument(parts[1]!);
  const broken = document.errors[0];
  if (broken)
    throw new KnowledgeError(file, (broken.linePos?.[0].line ?? 1) + 1, broken.message.split('\n')[0]!);
  const front = FrontMatter.safeParse(document.toJS());
  if (!front.success) {
    const issue = front.error.issues[0]!;
    const key = String(issue.path[0] ?? '');
    const line = parts[1]!.split('\n').findIndex((text) => key && text.startsWith(key));
    throw new KnowledgeError(file, line + 2, `${issue.path.join('.') || 'front matter'}: ${issue.message}`);
  }
  const text = parts[2]!.trim();
  if (!text) throw new KnowledgeError(file, source.split('\n').length, 'has no text below the front matter');
  return { ...front.data, text };
}
